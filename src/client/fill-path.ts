/**
 * Puts parameters into a route's path, percent-encoded. `@` stays, so that `name@^1` reads as one writes it; `:` does not,
 * because `:yank` and its like are part of paths. Null where a value would change the path's shape: URL parsers
 * resolve `.` and `..` (WHATWG URL 4.4), encoded or not.
 */
export function fillPath(path: string, params: Record<string, unknown>): string | null {
  let isSafe = true;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = String(params[name] ?? "");
    if (text === "" || /^(\.|%2e){1,2}$/i.test(text) || !text.isWellFormed()) {
      isSafe = false;
      return "";
    }
    return encodeURIComponent(text).replaceAll("%40", "@");
  });
  return isSafe ? filled : null;
}

/** `?a=1&b=2` of what is not undefined, a list as one pair for each member; empty when there is nothing. */
export function queryText(query: Record<string, unknown>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}
