// expect function javascript.first
// expect inputs page, other
// expect input page {"type":"object","properties":{"items":{"type":"array","items":{"type":"float"},"required":true},"next":{"type":"string","nullable":true,"required":true}},"required":true}
// expect input other {"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string","required":true}}},"required":true},"next":{"type":"float","nullable":true,"required":true}},"nullable":true,"required":true}
// expect output result {"type":"float","nullable":true,"required":true}
// call {"page":{"items":[],"next":null},"other":null} => {"result":null}
// call {"page":{"items":[7],"next":"n"},"other":null} => {"result":7}
interface Page<Item, Cursor = string> {
  items: Item[];
  next: Cursor | null;
}

type Maybe<T> = T | null;

export function first({ page, other }: { page: Page<number>; other: Maybe<Page<{ a: string }, number>> }): Maybe<number> {
  return page.items[0] ?? other?.items.length ?? null;
}
