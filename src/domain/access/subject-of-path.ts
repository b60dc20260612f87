/**
 * What a request is about, as the audit log calls it: the path without `/v1/` and without its verb. Versions and tags are written as people
 * write them: `templates/blur@1.2.0`, `templates/blur:stable`.
 */
export function subjectOfPath(pattern: string, params: Readonly<Record<string, string>>): string {
  const subject = pattern
    .replace(/^\/v1\//, "")
    .replace(/:[a-z]+$/, "")
    .replace("/versions/{version}", "@{version}")
    .replace("/tags/{tag}", ":{tag}")
    .replace("{reference}/runs", "{reference}")
    .replace(/\{([a-z_]+)\}/g, (_, name: string) => params[name] ?? "");
  return subject.slice(0, longest);
}

/** Callers write what stands in paths: refused ones too, before anything is checked. */
const longest = 300;
