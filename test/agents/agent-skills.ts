import { z } from "zod";
import type { JsonMap } from "../../src/domain/document/json-value.ts";
import { fixCode, planFiles, validateCode, writeCode } from "./code-work.ts";

/** Skills by id: from inputs to a result. What does not fit throws a `ZodError`, which is answered as invalid params. */
export type AgentSkills = Readonly<Record<string, (inputs: JsonMap) => JsonMap>>;

const task = z.object({
  id: z.string(),
  title: z.string(),
  name: z.string(),
  parameters: z.array(z.string()),
  body: z.string(),
});
const file = z.object({ name: z.string(), content: z.string() });

/** What each of the three agents can do. Small, but real: the same inputs give the same result, and other inputs another. */
export const skillsOfAgents = {
  "plan-agent": {
    create_plan: (inputs) => {
      const { requirements } = z.object({ requirements: z.string().min(1) }).parse(inputs);
      return { plan: planFiles(requirements) };
    },
  },
  "build-agent": {
    write_code: (inputs) => {
      const { plan } = z.object({ plan: z.array(task) }).parse(inputs);
      return { files: writeCode(plan) };
    },
    fix_code: (inputs) => {
      const { files } = z.object({ files: z.array(file), report: z.string() }).parse(inputs);
      return { files: fixCode(files) };
    },
  },
  "test-agent": {
    validate_code: (inputs) => {
      const { files } = z.object({ files: z.array(file) }).parse(inputs);
      return validateCode(files);
    },
  },
} as const satisfies Record<string, AgentSkills>;

export type AgentName = keyof typeof skillsOfAgents;
export const agentNames: readonly AgentName[] = ["plan-agent", "build-agent", "test-agent"];
