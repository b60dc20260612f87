import { z } from "zod";
import { functionRuntime, sourceLanguage } from "./runtime.ts";

/** A source to begin with. It registers as it is. */
export const starter = z
  .object({
    runtime: functionRuntime,
    language: sourceLanguage,
    /** File name that fits it, like `my_function.py`. */
    file: z.string(),
    source: z.string(),
  })
  .meta({ id: "Starter" });
export type Starter = z.infer<typeof starter>;

export const starterList = z.object({ items: z.array(starter) }).meta({ id: "StarterList" });
