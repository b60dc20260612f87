// expect function javascript.pick
// expect inputs mode, size, code, key
// expect input mode {"type":"string","enum":["fast","exact"],"required":true}
// expect input size {"type":"string","enum":["small","large"],"required":true}
// expect input code {"type":"string","enum":["s","l"],"required":true}
// expect input key {"type":"string","enum":["rows","columns"],"required":true}
// expect output result {"type":"float","required":true}
// call {"mode":"exact","size":"large","code":"l","key":"rows"} => {"result":7}
const modes = ["fast", "exact"] as const;
const sizes = { small: "s", large: "l" } as const;

interface Table {
  rows: number;
  columns: number;
}

export function pick({ mode, size, code, key }: {
  mode: (typeof modes)[number];
  size: keyof typeof sizes;
  code: (typeof sizes)[keyof typeof sizes];
  key: keyof Table;
}): Table["rows"] {
  return modes.indexOf(mode) + Object.keys(sizes).indexOf(size) + code.length + key.length;
}
