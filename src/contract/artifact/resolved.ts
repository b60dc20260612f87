import { z } from "zod";
import { digest } from "./digest.ts";
import { artifactKind } from "./kind.ts";
import { stateNotice, versionEntry, versionState } from "./name-index.ts";
import { parentPin } from "./published.ts";
import { tagName } from "./tag.ts";
import { version } from "./version.ts";

/** A lookup's answer: which version the reference means, and its flattened document. */
export const resolvedArtifact = z
  .object({
    kind: artifactKind,
    name: z.string(),
    version,
    digest,
    state: versionState,
    notice: stateNotice.nullable(),
    published_at: z.iso.datetime(),
    published_by: z.string(),
    extends: parentPin.nullable(),
    document: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "ResolvedArtifact" });
export type ResolvedArtifact = z.infer<typeof resolvedArtifact>;

export const versionList = z
  .object({
    kind: artifactKind,
    name: z.string(),
    tags: z.record(z.string(), version),
    versions: z.array(versionEntry),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "VersionList" });
export type VersionList = z.infer<typeof versionList>;

/** What a change of a version's state or of a tag answers. */
export const changeAnswer = z
  .object({
    kind: artifactKind,
    name: z.string(),
    seq: z.int(),
    changed: z.boolean(),
    version: versionEntry.nullable(),
    tags: z.record(z.string(), version),
  })
  .meta({ id: "ChangeAnswer" });
export type ChangeAnswer = z.infer<typeof changeAnswer>;

export const tagAnswer = z
  .object({ kind: artifactKind, name: z.string(), tag: tagName, version, digest })
  .meta({ id: "Tag" });
export type TagAnswer = z.infer<typeof tagAnswer>;
