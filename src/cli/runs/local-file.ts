/** Stands among inputs where a file of this machine is to be sent, until its digest takes its place. */
export class LocalFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}

/** Every file of this machine in a value, wherever it stands. */
export function localFilesIn(value: unknown): LocalFile[] {
  if (value instanceof LocalFile) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(localFilesIn) : [];
}

/** The value with the digest of each file in its place. */
export function withDigests(value: unknown, digestOf: (path: string) => string): unknown {
  if (value instanceof LocalFile) return digestOf(value.path);
  if (Array.isArray(value)) return value.map((item) => withDigests(item, digestOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDigests(inner, digestOf)]));
}
