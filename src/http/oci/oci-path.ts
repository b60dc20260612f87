/** What a path under `/v2` asks for. Names, references and digests are as they came: nothing is checked yet. */
export type OciPath =
  | { type: "base" }
  | { type: "token" }
  | { type: "catalog" }
  | { type: "manifest"; repository: string; reference: string }
  | { type: "blob"; repository: string; digest: string }
  | { type: "uploads" | "tags"; repository: string }
  | { type: "upload"; repository: string; id: string }
  | { type: "referrers"; repository: string; digest: string };

/** Whether a request is for the OCI registry. */
export function isOciPath(url: string): boolean {
  const pathAt = url.indexOf("/", url.indexOf("://") + 3);
  return url.startsWith("/v2", pathAt) && /^[/?#]?$/.test(url.charAt(pathAt + 3));
}

const single = new Map<string, "base" | "token" | "catalog">([
  ["", "base"],
  ["token", "token"],
  ["_catalog", "catalog"],
]);

/** Reads a path; null when it is none of the registry's. The last marker counts: a repository may be called `a/blobs/manifests`. */
export function parseOciPath({ pathname }: URL): OciPath | null {
  const rest = pathname.slice("/v2/".length);
  const type = single.get(rest);
  if (type !== undefined) return { type };
  const upload = /^(.+)\/blobs\/uploads(?:\/([^/]*))?$/.exec(rest);
  if (upload !== null) {
    const [, repository = "", id = ""] = upload;
    return id === "" ? { type: "uploads", repository } : { type: "upload", repository, id: decoded(id) };
  }
  const marked = /^(.+)\/(manifests|blobs|referrers|tags)\/([^/]*)$/.exec(rest);
  if (marked === null) return null;
  const [, repository = "", marker, last = ""] = marked;
  const digest = decoded(last);
  if (marker === "manifests") return { type: "manifest", repository, reference: digest };
  if (marker === "blobs") return { type: "blob", repository, digest };
  if (marker === "referrers") return { type: "referrers", repository, digest };
  return last === "list" ? { type: "tags", repository } : null;
}

/** Some clients write a digest's colon as %3A. What is badly encoded names nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
