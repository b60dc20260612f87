import { z } from "zod";
import { version } from "../artifact/version.ts";
import { comparison } from "./comparison.ts";

/** What changed between two versions of one name. */
export const comparisonAnswer = comparison
  .extend({ name: z.string(), from_version: version, to_version: version })
  .meta({ id: "ComparisonAnswer" });
export type ComparisonAnswer = z.infer<typeof comparisonAnswer>;
