import semver from "semver";
import type { StateNotice, VersionState } from "../../contract/artifact/name-index.ts";
import { latestTag, type TagMove } from "../../contract/artifact/tag.ts";
import { latestOf } from "../artifact/choose-version.ts";
import type { Manifest } from "../oci/manifest-facts.ts";
import { type Candidate, manifestOf } from "./candidate.ts";
import type { NameState, StoredVersion } from "./name-state.ts";

/** Who changes a name, and when (RFC 3339). */
export interface Author {
  by: string;
  at: string;
}

/** One step of a name's history, ready to be committed: `after` is true exactly if D1 accepts it. */
export interface NameChange {
  change: "published" | "deprecated" | "yanked" | "restored" | "deleted" | "tagged" | "untagged";
  version: string | null;
  author: Author;
  /** The version row to write, when one is published. */
  published: Candidate | null;
  /** The manifest that a version's number and tags answer with from now on. */
  packaged: { version: string; manifest: Manifest } | null;
  /** The state to set, when one changes. */
  state: { version: string; state: VersionState; notice: StateNotice | null } | null;
  tagMoves: TagMove[];
  /** The name after the change; its `seq` is known only once D1 has numbered it. */
  after: NameState;
}

/** A new version, `latest` with it, and the tags that it was pushed under. */
export function publishVersion(before: NameState, candidate: Candidate, author: Author): NameChange {
  const manifest = manifestOf(candidate);
  const entry: StoredVersion = {
    version: candidate.version,
    digest: candidate.digest,
    state: "live",
    notice: null,
    published_at: author.at,
    published_by: author.by,
    flattened_digest: candidate.flattened.digest,
    manifest_digest: manifest.digest,
  };
  const versions = [...before.versions, entry].sort((a, b) => semver.rcompare(a.version, b.version));
  const tags = withTags(before.tags, candidate.push?.tags ?? [], candidate.version);
  return finish(before, { versions, tags }, author, {
    change: "published",
    version: candidate.version,
    published: candidate,
    packaged: { version: candidate.version, manifest },
    state: null,
    reason: `published ${candidate.version}`,
  });
}

/** Whether a push of a version that is published already changes anything. */
export function changesAnything({ packaged, tagMoves }: NameChange, before: NameState): boolean {
  const entry = before.versions.find((one) => one.version === packaged?.version);
  return tagMoves.length > 0 || entry?.manifest_digest !== packaged?.manifest.digest;
}

const changeOf = { live: "restored", deprecated: "deprecated", yanked: "yanked", deleted: "deleted" } as const;

/** Another state of a version. Deleting it takes its tags with it; `latest` moves where it must. */
export function setVersionState(
  before: NameState,
  version: string,
  state: VersionState,
  notice: StateNotice | null,
  author: Author,
): NameChange {
  const isGone = state === "deleted";
  const versions = before.versions.map((entry) =>
    entry.version === version
      ? { ...entry, state, notice, manifest_digest: isGone ? null : entry.manifest_digest }
      : entry,
  );
  const tags = Object.fromEntries(Object.entries(before.tags).filter(([, target]) => !isGone || target !== version));
  return finish(before, { versions, tags }, author, {
    change: changeOf[state],
    version,
    published: null,
    packaged: null,
    state: { version, state, notice },
    reason: `${changeOf[state]} ${version}`,
  });
}

/** A tag points at `version`, or is gone when that is null. */
export function moveTag(
  before: NameState,
  tag: string,
  version: string | null,
  reason: string | null,
  author: Author,
): NameChange {
  const { [tag]: _, ...others } = before.tags;
  const tags = version === null ? others : { ...others, [tag]: version };
  return finish(before, { versions: before.versions, tags }, author, {
    change: version === null ? "untagged" : "tagged",
    version,
    published: null,
    packaged: null,
    state: null,
    reason,
  });
}

/** A version that is published already was pushed again, under another manifest or other tags. */
export function pushAgain(before: NameState, candidate: Candidate, author: Author): NameChange {
  const { version } = candidate;
  const manifest = manifestOf(candidate);
  const tags = withTags(before.tags, candidate.push?.tags ?? [], version);
  const versions = before.versions.map((entry) =>
    entry.version === version ? { ...entry, manifest_digest: manifest.digest } : entry,
  );
  return finish(before, { versions, tags }, author, {
    change: "tagged",
    version,
    published: null,
    packaged: { version, manifest },
    state: null,
    reason: `pushed ${version}`,
  });
}

function withTags(tags: Record<string, string>, added: readonly string[], version: string): Record<string, string> {
  return { ...tags, ...Object.fromEntries(added.map((tag) => [tag, version])) };
}

function finish(
  before: NameState,
  after: Pick<NameState, "versions" | "tags">,
  author: Author,
  what: Pick<NameChange, "change" | "version" | "published" | "packaged" | "state"> & { reason: string | null },
): NameChange {
  const { [latestTag]: _, ...others } = after.tags;
  const latest = latestOf(after.versions);
  const tags = latest === null ? others : { ...others, [latestTag]: latest };
  const { reason, ...rest } = what;
  return {
    ...rest,
    author,
    tagMoves: movesBetween(before.tags, tags, author, reason),
    after: { ...before, revision: before.revision + 1, versions: after.versions, tags },
  };
}

function movesBetween(
  from: Record<string, string>,
  to: Record<string, string>,
  author: Author,
  reason: string | null,
): TagMove[] {
  const tags = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return tags
    .filter((tag) => targetOf(from, tag) !== targetOf(to, tag))
    .map((tag) => ({
      tag,
      from_version: targetOf(from, tag),
      to_version: targetOf(to, tag),
      moved_at: author.at,
      moved_by: author.by,
      reason,
    }));
}

/** A tag may be called `constructor`, which every object inherits. */
function targetOf(tags: Record<string, string>, tag: string): string | null {
  return Object.hasOwn(tags, tag) ? (tags[tag] ?? null) : null;
}
