import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";

/** "This name changed", in the one global order. */
export const announcement = z.object({
  seq: z.int().positive(),
  kind: artifactKind,
  name: z.string(),
});
export type Announcement = z.infer<typeof announcement>;

/**
 * What a hub answers to a sync: every announcement after `since` up to `seq`. A `since` above the asked one means that the
 * hub no longer knows what came in between: the asker drops everything it has not proven newer.
 */
export const changes = z.object({
  since: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  announcements: z.array(announcement),
});
export type Changes = z.infer<typeof changes>;
