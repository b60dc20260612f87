import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";

/** What can happen to a name. */
export const changeType = z.enum([
  "version.published",
  "version.deprecated",
  "version.yanked",
  "version.restored",
  "version.deleted",
  "tag.moved",
  "tag.removed",
]);
export type ChangeType = z.infer<typeof changeType>;

/** How the history of a name calls each change (the column `announcement.change`). */
export const changeTypeOf = {
  published: "version.published",
  deprecated: "version.deprecated",
  yanked: "version.yanked",
  restored: "version.restored",
  deleted: "version.deleted",
  tagged: "tag.moved",
  untagged: "tag.removed",
} as const satisfies Record<string, ChangeType>;

/** A tag that a change moved; null: there was none before, or is none after. */
export const movedTag = z.object({
  tag: z.string(),
  from_version: z.string().nullable(),
  to_version: z.string().nullable(),
});

/** What an announcement says beside its name: the column `announcement.details`. */
export const changeDetails = z.object({
  /** Of the version that the change is about; null where it is about none, or was made before details were kept. */
  digest: z.string().nullable().default(null),
  tags: z.array(movedTag).default([]),
  /** Why: what was said with it. */
  reason: z.string().nullable().default(null),
});
export type ChangeDetails = z.infer<typeof changeDetails>;

/** One change of one name as listeners and subscribers are told of it. `seq` is its place in the one order of all changes. */
export const changeEvent = z
  .object({
    seq: z.int().positive(),
    type: changeType,
    kind: artifactKind,
    name: z.string(),
    version: z.string().nullable(),
    at: z.string(),
    by: z.string(),
    ...changeDetails.shape,
  })
  .meta({ id: "ChangeEvent", description: "A change of a name: a version or a tag." });
export type ChangeEvent = z.infer<typeof changeEvent>;

export const changeEventPage = z
  .object({
    items: z.array(changeEvent),
    next_after: z.int().nullable().describe("Where the next page begins; null at the end"),
    seq: z.int().describe("The newest change there is"),
  })
  .meta({ id: "ChangeEventPage" });

/** Which changes are asked for. */
export interface ChangeFilter {
  /** Null: all. */
  types: readonly ChangeType[] | null;
  /** Name patterns. */
  names: readonly string[];
}

/**
 * Messages of the WebSocket at `/v1/events`, JSON text. The server begins with `still_here`, sends changes in order, one or more in a message, `check` after every few
 * hundred of them (a listener answers `seen` with its seq; one that falls too far behind is closed with 1013 and may come back with `after`), and
 * `still_here` when quiet. `still_here` says that nothing up to its seq is to come any more.
 */
export const toListener = z.discriminatedUnion("message", [
  z.object({ message: z.literal("changes"), changes: z.array(changeEvent).min(1) }),
  z.object({ message: z.literal("check"), seq: z.int() }),
  z.object({ message: z.literal("still_here"), seq: z.int() }),
]);
export type ToListener = z.infer<typeof toListener>;

export const fromListener = z.strictObject({ message: z.literal("seen"), seq: z.int().nonnegative() });
export type FromListener = z.infer<typeof fromListener>;
