// expect function javascript.merge
// expect inputs some, all, picked, rest, fixed, sure
// expect input some {"type":"object","properties":{"width":{"type":"float","required":false},"height":{"type":"float","required":false},"title":{"type":"string","required":false},"note":{"type":"string","nullable":true,"required":false}},"required":true}
// expect input all {"type":"object","properties":{"width":{"type":"float","required":true},"title":{"type":"string","required":true}},"required":true}
// expect input picked {"type":"object","properties":{"width":{"type":"float","required":true}},"required":true}
// expect input rest {"type":"object","properties":{"width":{"type":"float","required":true},"height":{"type":"float","required":true}},"required":true}
// expect input fixed {"type":"object","properties":{"id":{"type":"string","required":true}},"required":true}
// expect input sure {"type":"string","required":true}
// expect output result {"type":"float","required":true}
// call {"some":{},"all":{"title":"t","width":1},"picked":{"width":2},"rest":{"width":3,"height":4},"fixed":{"id":"i"},"sure":"s"} => {"result":9}
interface Settings {
  width: number;
  height: number;
  title?: string;
  note: string | null;
}

export function merge({
  some,
  all,
  picked,
  rest,
  fixed,
  sure,
}: {
  some: Partial<Settings>;
  all: Required<Pick<Settings, "title" | "width">>;
  picked: Pick<Settings, "width">;
  rest: Omit<Settings, "note" | "title">;
  fixed: Readonly<{ id: string }>;
  sure: NonNullable<Settings["note"]>;
}): number {
  return (some.width ?? all.width) + picked.width + rest.height + fixed.id.length + sure.length;
}
