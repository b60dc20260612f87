/** The JSON Pointer (RFC 6901) of a child: `pointer` plus one escaped token. */
export function childPointer(pointer: string, token: string | number): string {
  return `${pointer}/${typeof token === "number" ? token : escapeToken(token)}`;
}

/** The JSON Pointer of a path from the root, or from `start`. */
export function pointerOf(path: readonly PropertyKey[], start = ""): string {
  let pointer = start;
  for (const token of path) pointer = childPointer(pointer, typeof token === "number" ? token : String(token));
  return pointer;
}

/** The pointer without its last token; null for the root. */
export function parentPointer(pointer: string): string | null {
  const slash = pointer.lastIndexOf("/");
  return slash < 0 ? null : pointer.slice(0, slash);
}

/** The tokens of a pointer, unescaped. */
export function tokensOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function escapeToken(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
