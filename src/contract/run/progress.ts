import { z } from "zod";
import { digest } from "../artifact/digest.ts";

/** How far a run is. `percent` is of the whole run, 0 to 100, and never goes back. */
export const progress = z
  .object({
    percent: z.number().min(0).max(100),
    stage: z.string().nullable(),
    /** Of the stage, 0 to 1. */
    fraction: z.number().min(0).max(1).nullable(),
    message: z.string().nullable(),
    /** Seconds to the end, by past runs and by what this one has done; null when nothing is known. */
    eta_seconds: z.number().nonnegative().nullable(),
    /** A file that shows what there is so far. */
    preview: digest.nullable(),
    at: z.string(),
  })
  .meta({ id: "Progress", description: "How far a run is; percent never goes back." });
export type Progress = z.infer<typeof progress>;
