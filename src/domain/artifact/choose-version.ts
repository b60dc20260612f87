import semver from "semver";
import type { NameIndex, VersionEntry } from "../../contract/artifact/name-index.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../result.ts";
import type { Selector } from "./parse-reference.ts";

/**
 * Which of a name's versions a selector means. Exact versions and digests choose anything that is not deleted; a range chooses
 * the highest version that is live or deprecated; a tag chooses what it points at, unless that is yanked.
 */
export function chooseVersion(index: NameIndex, selector: Selector): Result<VersionEntry, Failure> {
  if (index.versions.length === 0) return notPublished(index);
  switch (selector.type) {
    case "version":
      return byVersion(index, selector.version);
    case "digest":
      return byDigest(index, selector.digest);
    case "tag":
      return byTag(index, selector.tag);
    case "range":
      return byRange(index, selector.range);
  }
}

/** The version that `latest` points at: the highest live one, else the highest deprecated one, else none. */
export function latestOf(versions: readonly VersionEntry[]): string | null {
  const ordered = [...versions].sort((a, b) => semver.rcompare(a.version, b.version));
  const chosen =
    ordered.find((entry) => entry.state === "live") ?? ordered.find((entry) => entry.state === "deprecated");
  return chosen?.version ?? null;
}

function byVersion(index: NameIndex, version: string): Result<VersionEntry, Failure> {
  const entry = index.versions.find((candidate) => candidate.version === version);
  if (entry === undefined) {
    return refusal({
      code: "VERSION_NOT_FOUND",
      message: `${index.kind} ${index.name} has no version ${version}; ${found(index)}`,
    });
  }
  return entry.state === "deleted" ? deleted(index, entry) : success(entry);
}

function byDigest(index: NameIndex, digest: string): Result<VersionEntry, Failure> {
  const matching = index.versions.filter((candidate) => candidate.digest === digest);
  const entry = matching.find((candidate) => candidate.state !== "deleted") ?? matching[0];
  if (entry === undefined) {
    return refusal({
      code: "VERSION_NOT_FOUND",
      message: `${index.kind} ${index.name} has no version with digest ${digest}; ${found(index)}`,
    });
  }
  return entry.state === "deleted" ? deleted(index, entry) : success(entry);
}

function byTag(index: NameIndex, tag: string): Result<VersionEntry, Failure> {
  const version = Object.hasOwn(index.tags, tag) ? index.tags[tag] : undefined;
  const entry = version === undefined ? undefined : index.versions.find((candidate) => candidate.version === version);
  if (entry === undefined) {
    if (tag === latestTag) return nothingChosen(index, "it has no live version");
    const known = Object.keys(index.tags).sort().join(", ");
    return refusal({
      code: "TAG_NOT_FOUND",
      message: `${index.kind} ${index.name} has no tag ${tag}; its tags are: ${known || "none"}`,
    });
  }
  if (entry.state === "yanked") {
    const why = entry.notice?.message ? ` (${entry.notice.message})` : "";
    return refusal({
      code: "VERSION_YANKED",
      message: `tag ${tag} of ${index.kind} ${index.name} points at ${entry.version}, which is yanked${why}; ask for ${index.name}@${entry.version} exactly, or move the tag`,
    });
  }
  return entry.state === "deleted" ? deleted(index, entry) : success(entry);
}

function byRange(index: NameIndex, range: string): Result<VersionEntry, Failure> {
  const wanted = new semver.Range(range);
  // Versions are ordered highest first, so the first that fits is the highest.
  const entry = index.versions.find(
    (candidate) => (candidate.state === "live" || candidate.state === "deprecated") && wanted.test(candidate.version),
  );
  if (entry !== undefined) return success(entry);
  return nothingChosen(index, `it has no version in ${range}`);
}

function nothingChosen(index: NameIndex, why: string): Result<VersionEntry, Failure> {
  return refusal({ code: "VERSION_NOT_FOUND", message: `${index.kind} ${index.name}: ${why}; ${found(index)}` });
}

function notPublished(index: NameIndex): Result<VersionEntry, Failure> {
  return refusal({
    code: "NAME_NOT_FOUND",
    message: `no ${index.kind} is published under the name ${index.name}; GET /v1/${index.kind}s?q=… searches`,
  });
}

function deleted(index: NameIndex, entry: VersionEntry): Result<VersionEntry, Failure> {
  const why = entry.notice?.message ? `: ${entry.notice.message}` : "";
  return refusal({
    code: "VERSION_DELETED",
    message: `${index.kind} ${index.name}@${entry.version} is deleted${why}; ${found(index)}`,
  });
}

function found(index: NameIndex): string {
  const highest = index.versions.find((entry) => entry.state === "live" || entry.state === "deprecated");
  return highest === undefined ? "none of its versions is live" : `its highest is ${highest.version}`;
}
