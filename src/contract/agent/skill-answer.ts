import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { artifactKind } from "../artifact/kind.ts";
import { versionState } from "../artifact/name-index.ts";
import { version } from "../artifact/version.ts";
import { healthCheck } from "./health.ts";

/** A version that answers to a skill. `url`, `health` and `labels` are those of agents; others have none. */
export const skillCandidate = z
  .object({
    kind: artifactKind,
    name: z.string(),
    version,
    digest,
    state: versionState,
    url: z.string().nullable(),
    health: healthCheck.nullable(),
    labels: z.record(z.string(), z.string()).nullable(),
  })
  .meta({ id: "SkillCandidate" });
export type SkillCandidate = z.infer<typeof skillCandidate>;

/**
 * Who answers to a skill, best first: functions, templates, workflows, agents; of agents the healthy, then those of which nothing is known, then
 * the unhealthy; of these the highest version, then by name. `chosen` is the first of all, whatever page this is.
 */
export const skillAnswer = z
  .object({
    skill: z.string(),
    selector: z.string().nullable(),
    chosen: skillCandidate,
    candidates: z.array(skillCandidate),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "SkillAnswer" });
export type SkillAnswer = z.infer<typeof skillAnswer>;
