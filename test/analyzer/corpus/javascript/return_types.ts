// expect warning mixed_types 45:27
// expect function javascript.object
// expect output ok {"type":"boolean","required":true}
// expect output note {"type":"string","nullable":true,"required":false}
// expect function javascript.maybe
// expect inputs a
// expect input a {"type":"boolean","required":true}
// expect output result {"type":"object","properties":{"ok":{"type":"boolean","required":true},"note":{"type":"string","nullable":true,"required":false}},"required":false}
// expect function javascript.nullable
// expect output result {"type":"object","properties":{"ok":{"type":"boolean","required":true},"note":{"type":"string","nullable":true,"required":false}},"nullable":true,"required":true}
// expect function javascript.list
// expect output result {"type":"array","items":{"type":"object","properties":{"ok":{"type":"boolean","required":true},"note":{"type":"string","nullable":true,"required":false}}},"required":true}
// expect function javascript.open
// expect output result {"type":"object","properties":{"ok":{"type":"boolean","required":true}},"additional_properties":true,"required":true}
// expect function javascript.either
// expect output result {"type":"any","required":false}
// call object {} => {"ok":true}
// call maybe {"a":false} => {}
// call nullable {} => {"result":null}
// call list {} => {"result":[]}
// call open {} => {"result":{"ok":true,"more":1}}
// call either {} => {"result":{"a":"x"}}
type Answer = { ok: boolean; note?: string | null };

export async function object(): Promise<Answer> {
  return { ok: true };
}

export function maybe({ a }: { a: boolean }): Answer | undefined {
  return a ? { ok: true } : undefined;
}

export function nullable(): Answer | null {
  return null;
}

export function list(): Answer[] {
  return [];
}

export function open(): { ok: boolean; [key: string]: unknown } {
  return { ok: true, more: 1 };
}

export function either(): { a: string } | { b: string } {
  return { a: "x" };
}
