/**
 * Hono's spelling of a contract path: `{name}` is `:name`; a verb after a parameter (`{version}:yank`) is taken by the parameter's
 * pattern, since Hono's parameters end at a slash.
 */
export function honoPath(path: string): string {
  return path
    .replaceAll(/\{(\w+)\}:(\w+)/g, (_, name: string, verb: string) => `:${name}{[^/]+:${verb}}`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => `:${name}`);
}

/** The parameters without their verbs. */
export function pathParams(path: string, given: Record<string, string>): Record<string, string> {
  const verb = /\{(\w+)\}:(\w+)$/.exec(path);
  if (verb === null) return given;
  const [, name = "", word = ""] = verb;
  return { ...given, [name]: (given[name] ?? "").slice(0, -(word.length + 1)) };
}

/** Which paths a contract path means, whatever the method. */
export function pathPattern(path: string): RegExp {
  const literal = path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
