import { z } from "zod";
import { limits } from "../limits.ts";

/** What a skill is asked for by: in a path, in a workflow's `skill`, before an `@selector`. */
export const skillId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/,
    "a skill's id is 1 to 128 letters, digits, _ . : - and starts with a letter or digit",
  );

/** A JSON Schema (2020-12). Its words are not checked: agents use dialects of their own. */
const jsonSchema = z.record(z.string(), z.unknown());

const texts = z.array(z.string().max(2000)).max(limits.textsPerSkill);
const mediaTypes = z.array(z.string().min(1).max(255)).max(limits.mediaTypesPerAgent);

/** Which of the card's `securitySchemes` are needed, and their scopes: any one entry of the list will do. */
export const securityRequirements = z.array(z.record(z.string(), z.array(z.string())));

/** One thing that an agent can do (A2A's AgentSkill). Keys that are not known are kept. */
export const agentSkill = z
  .looseObject({
    id: skillId,
    name: z.string().min(1).max(200).optional(),
    description: z.string().max(10_000).optional(),
    tags: texts.optional(),
    examples: texts.optional(),
    inputModes: mediaTypes.optional(),
    outputModes: mediaTypes.optional(),
    security: securityRequirements.optional(),
    /** What the skill takes and gives; ours, beside A2A's. Each is also read as `inputSchema`, `outputSchema`. */
    input_schema: jsonSchema.optional(),
    output_schema: jsonSchema.optional(),
    inputSchema: jsonSchema.optional(),
    outputSchema: jsonSchema.optional(),
  })
  .meta({ id: "AgentSkill" });
export type AgentSkill = z.infer<typeof agentSkill>;
