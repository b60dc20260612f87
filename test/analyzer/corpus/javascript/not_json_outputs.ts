// expect error not_json 3:24
// expect error not_json 7:34
export function now(): Date {
  return new Date(0);
}

export function table(): { rows: Map<string, string>; ok: boolean } {
  return { rows: new Map(), ok: true };
}
