import type { PinnedAgent } from "../../../contract/workflow/plan.ts";
import type { JsonMap, JsonValue } from "../../document/json-value.ts";
import { type Result, refusal, success } from "../../result.ts";
import { checkJsonSchema, type SchemaFinding } from "../schema/check-json-schema.ts";
import { type ReadSchema, readSchema } from "../schema/read-schema.ts";
import { type AgentFailure, agentFailure } from "./agent-outcome.ts";

/** The schemas of an agent's skill, ready to check by; null where its card tells none. */
export interface AgentSchemas {
  input: ReadSchema | null;
  output: ReadSchema | null;
}

/** Reads the schemas of an agent's skill. One that cannot be used fails the call before it is made: afterwards, its work would be done in vain. */
export function readAgentSchemas(who: string, agent: PinnedAgent): Result<AgentSchemas, AgentFailure> {
  const read = (key: "input_schema" | "output_schema"): Result<ReadSchema | null, AgentFailure> => {
    const schema = agent[key];
    const found = schema === null ? success(null) : readSchema(schema);
    if (found.ok) return found;
    const message = `${who} cannot be called: the ${key} of ${agent.skill} cannot be used: ${found.failure}`;
    return refusal(agentFailure({ class: "permanent", code: "agent_error", message }));
  };
  const input = read("input_schema");
  if (!input.ok) return input;
  const output = read("output_schema");
  return output.ok ? success({ input: input.value, output: output.value }) : output;
}

/** Why inputs are not what a skill takes; null where they are. */
export function refuseAgentInputs(
  who: string,
  skill: string,
  schema: ReadSchema | null,
  inputs: JsonMap,
): AgentFailure | null {
  const finding = schema === null ? fits : checkJsonSchema(schema, inputs);
  if (finding.state === "fits") return null;
  const message = `the inputs of ${skill} do not fit the input_schema of ${who}, which was not called: ${shortOf(finding)}`;
  return agentFailure({ class: "validation", code: "invalid_inputs", message, detail: allOf(finding) });
}

/** Why a result is not what a skill gives; null where it is. */
export function refuseAgentResult(
  who: string,
  skill: string,
  schema: ReadSchema | null,
  result: JsonValue,
): AgentFailure | null {
  const finding = schema === null ? fits : checkJsonSchema(schema, result);
  if (finding.state === "fits") return null;
  const message = `what ${who} gave for ${skill} does not fit its output_schema: ${shortOf(finding)}`;
  return agentFailure({ class: "validation", code: "invalid_outputs", message, detail: allOf(finding) });
}

const fits: SchemaFinding = { state: "fits" };

type Misfit = Exclude<SchemaFinding, { state: "fits" }>;

function shortOf(finding: Misfit): string {
  const lines = linesOf(finding);
  const more = lines.length > toldAtOnce ? `; and ${lines.length - toldAtOnce} more` : "";
  return `${lines.slice(0, toldAtOnce).join("; ")}${more}`;
}

const toldAtOnce = 3;

function allOf(finding: Misfit): string | null {
  const lines = linesOf(finding);
  return lines.length > toldAtOnce ? lines.join("\n") : null;
}

function linesOf(finding: Misfit): string[] {
  if (finding.state === "unchecked") return [finding.why];
  return finding.differences.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
}
