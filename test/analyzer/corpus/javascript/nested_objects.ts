// expect function javascript.area
// expect inputs box, scale
// expect input box {"type":"object","properties":{"from":{"type":"object","properties":{"x":{"type":"float","description":"From the left.","required":true},"y":{"type":"float","required":true}},"required":true},"to":{"type":"object","properties":{"x":{"type":"float","description":"From the left.","required":true},"y":{"type":"float","required":true}},"required":false},"labels":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string","required":true},"weight":{"type":"float","required":false}}},"required":true}},"required":true}
// expect input scale {"type":"object","properties":{"x":{"type":"float","description":"From the left.","required":true},"y":{"type":"float","required":true}},"default":{"x":1,"y":1}}
// expect output result {"type":"float","required":true}
// call {"box":{"from":{"x":2,"y":3},"labels":[]}} => {"result":6}
interface Point {
  /** From the left. */
  x: number;
  y: number;
}

interface Box {
  from: Point;
  to?: Point;
  labels: { text: string; weight?: number }[];
}

export function area({ box, scale = { x: 1, y: 1 } }: { box: Box; scale?: Point }): number {
  const to = box.to ?? { x: 0, y: 0 };
  return Math.abs(to.x - box.from.x) * scale.x * Math.abs(to.y - box.from.y) * scale.y;
}
