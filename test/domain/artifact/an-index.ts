import type { NameIndex, VersionEntry, VersionState } from "../../../src/contract/artifact/name-index.ts";

/** A version in a state; its digest is made of its number. */
export function aVersion(version: string, state: VersionState = "live", message: string | null = null): VersionEntry {
  const since = "2026-02-01T00:00:00Z";
  return {
    version,
    digest: digestOf(version),
    state,
    notice: state === "live" ? null : { since, message, successor: null, sunset: null },
    published_at: "2026-01-01T00:00:00Z",
    published_by: "ann",
  };
}

/** The digest that `aVersion` gives a version. */
export function digestOf(version: string): string {
  return `sha256:${version.replaceAll(".", "").padStart(64, "0")}`;
}

/** The index of `sharpen`; versions are given highest first. */
export function anIndex(versions: VersionEntry[], tags: Record<string, string> = {}): NameIndex {
  return { kind: "template", name: "sharpen", seq: 1, as_of: "2026-03-01T00:00:00Z", versions, tags };
}
