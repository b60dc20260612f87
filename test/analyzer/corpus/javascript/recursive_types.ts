// expect warning recursive_type 11:13
// expect warning recursive_type 14:35
// expect function javascript.depth
// expect inputs tree, list
// expect input tree {"type":"object","properties":{"value":{"type":"float","required":true},"children":{"type":"array","required":true}},"required":true}
// expect input list {"type":"object","properties":{"head":{"type":"string","required":true},"tail":{"type":"any","required":true}},"required":false}
// expect output result {"type":"float","required":true}
// call {"tree":{"value":1,"children":[{"value":2,"children":[]}]}} => {"result":2}
interface Tree {
  value: number;
  children: Tree[];
}

type List = { head: string; tail: List | null };

export function depth({ tree, list }: { tree: Tree; list?: List }): number {
  return 1 + Math.max(0, ...tree.children.map((child) => depth({ tree: child, list })));
}
