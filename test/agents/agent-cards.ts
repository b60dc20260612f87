import type { AgentCard } from "../../src/contract/agent/card.ts";
import type { AgentName } from "./agent-skills.ts";

const task = {
  type: "object",
  required: ["id", "title", "name", "parameters", "body"],
  additionalProperties: false,
  properties: {
    id: { type: "string" },
    title: { type: "string" },
    name: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9_]*$" },
    parameters: { type: "array", items: { type: "string" } },
    body: { type: "string" },
  },
};
const files = {
  type: "array",
  items: {
    type: "object",
    required: ["name", "content"],
    additionalProperties: false,
    properties: { name: { type: "string", minLength: 1 }, content: { type: "string" } },
  },
};

/** Schema of an object whose keys are all required, and no others allowed. */
function closed(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: "object", required: Object.keys(properties), additionalProperties: false, properties };
}

const skills: Record<AgentName, AgentCard["skills"]> = {
  "plan-agent": [
    {
      id: "create_plan",
      name: "Create a plan",
      description: "Breaks requirements down into functions, one for each line or sentence.",
      tags: ["planning", "code"],
      input_schema: closed({ requirements: { type: "string", minLength: 1 } }),
      output_schema: closed({ plan: { type: "array", minItems: 1, items: task } }),
    },
  ],
  "build-agent": [
    {
      id: "write_code",
      name: "Write code",
      description: "Writes a file for each task of a plan.",
      tags: ["code"],
      input_schema: closed({ plan: { type: "array", items: task } }),
      output_schema: closed({ files }),
    },
    {
      id: "fix_code",
      name: "Fix code",
      description:
        "Makes files that are no JavaScript into files that are, and say what is missing when they are called.",
      tags: ["code", "repair"],
      input_schema: closed({ files, report: { type: "string" } }),
      output_schema: closed({ files }),
    },
  ],
  "test-agent": [
    {
      id: "validate_code",
      name: "Validate code",
      description: "Tells of each file whether it is JavaScript.",
      tags: ["code", "testing"],
      input_schema: closed({ files }),
      output_schema: closed({ passed: { type: "boolean" }, report: { type: "string" } }),
    },
  ],
};

/** The card of an agent that answers at an address. */
export function agentCardOf(name: AgentName, url: string): AgentCard & { id: string; version: string } {
  return {
    id: name,
    name,
    description: `The ${name} of the tests.`,
    version: "1.0.0",
    url,
    protocolVersion: "0.3.0",
    preferredTransport: "JSONRPC",
    skills: skills[name],
  };
}
