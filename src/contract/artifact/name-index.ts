import { z } from "zod";
import { digest } from "./digest.ts";
import { artifactKind } from "./kind.ts";
import { version } from "./version.ts";

/**
 * Life of a version. `live`: chosen by everything. `deprecated`: still chosen, with a warning. `yanked`: served by exact
 * version or digest only. `deleted`: gone, its number never reusable.
 */
export const versionState = z.enum(["live", "deprecated", "yanked", "deleted"]);
export type VersionState = z.infer<typeof versionState>;

/** Why and since when a version is deprecated, yanked or deleted. */
export const stateNotice = z
  .object({
    since: z.iso.datetime(),
    message: z.string().max(2000).nullable(),
    /** `name` or `name@version` of what to use instead. */
    successor: z.string().nullable(),
    /** When the version is expected to stop being served (RFC 8594). */
    sunset: z.iso.datetime().nullable(),
  })
  .meta({ id: "StateNotice" });
export type StateNotice = z.infer<typeof stateNotice>;

/** One version of a name, without its document. */
export const versionEntry = z
  .object({
    version,
    digest,
    state: versionState,
    notice: stateNotice.nullable(),
    published_at: z.iso.datetime(),
    published_by: z.string(),
  })
  .meta({ id: "Version" });
export type VersionEntry = z.infer<typeof versionEntry>;

/**
 * All that can change about a name: its versions, their states, its tags, true at `seq`. This is what caches keep coherent;
 * documents themselves never change.
 */
export const nameIndex = z.object({
  kind: artifactKind,
  name: z.string(),
  /** The highest announcement that this index is known to include; 0 before the first. */
  seq: z.int().nonnegative(),
  /** When it was read from D1. */
  as_of: z.iso.datetime(),
  /** Highest version first. Empty: the name was never published. */
  versions: z.array(versionEntry),
  tags: z.record(z.string(), z.string()),
});
export type NameIndex = z.infer<typeof nameIndex>;
