import { z } from "zod";

/** How much a change asks of the callers of a template: `breaking` may refuse what was accepted, `minor` adds, `patch` does neither. */
export const changeLevel = z.enum(["breaking", "minor", "patch"]);
export type ChangeLevel = z.infer<typeof changeLevel>;

/** One difference. `path` is a JSON Pointer in the document that has the thing: the new one, or the old one for what was removed. */
export const change = z
  .object({
    level: changeLevel,
    /** Stable, lower-case with underscores: `input_removed`, `enum_narrowed`, … */
    code: z.string(),
    path: z.string(),
    message: z.string(),
    /** What was there; null when nothing was. */
    from: z.unknown(),
    /** What is there now; null when nothing is. */
    to: z.unknown(),
  })
  .meta({ id: "Change", description: "One difference between two versions, and how severe it is." });
export type Change = z.infer<typeof change>;

/** All differences, most severe first, and the version bump that they ask for together. */
export const comparison = z
  .object({ changes: z.array(change), bump: z.enum(["major", "minor", "patch", "none"]) })
  .meta({ id: "Comparison", description: "The differences between two versions and the bump that they ask for." });
export type Comparison = z.infer<typeof comparison>;
