// expect function javascript.choose
// expect inputs mode, level, ratio, either, loose
// expect input mode {"type":"string","enum":["fast","exact"],"required":true}
// expect input level {"type":"integer","enum":[1,2,3],"required":true}
// expect input ratio {"type":"float","enum":[0.25,0.5,1],"default":0.5}
// expect input either {"type":"boolean","nullable":true,"default":null}
// expect input loose {"type":"string","required":false}
// expect output result {"type":"string","enum":["fast","exact"],"nullable":true,"required":true}
// call {"mode":"fast","level":2} => {"result":"fast"}
// call {"mode":"fast","level":1} => {"result":null}
type Mode = "fast" | "exact";

export function choose({
  mode,
  level,
  ratio = 0.5,
  either = null,
  loose,
}: {
  mode: Mode;
  level: 1 | 2 | 3;
  ratio?: 0.25 | 0.5 | 1;
  either?: true | false | null;
  loose?: "a" | "b" | (string & {});
}): Mode | null {
  return level > 1 && ratio > 0 && either === null && loose === undefined ? mode : null;
}
