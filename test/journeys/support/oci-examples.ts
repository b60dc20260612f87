import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/local/repository-root.ts";

/** An artifact of a kind, as its author has it in a file. */
export interface Example {
  collection: "templates" | "functions" | "workflows" | "agents";
  name: string;
  version: string;
  file: string;
  mediaType: string;
  source: string;
}

/** The workflow that the team of the seed keeps, ahead of the one of that name that ships: a comment and spacing of its author's, which must come back byte for byte. */
export const codeGeneration: Example = {
  collection: "workflows",
  name: "code-generation",
  version: "2.0.0",
  file: "code-generation.yaml",
  mediaType: "application/yaml",
  source: `# Plans, writes and tests code.
metadata:
  id: code-generation
  name: Code generation
  version: 2.0.0
  description: From a request to tested code.
  tags: [code, agents]

steps:
  - id: plan
    skill: create_plan
    inputs: { requirements: "{{ workflow.input.requirements }}" }
  - id: build
    skill:   write_code
    inputs: { plan: "{{ steps.plan.outputs.plan }}" }
`,
};

/** An agent card with skills of its own. */
export const planAgent: Example = {
  collection: "agents",
  name: "plan",
  version: "2.1.0",
  file: "plan.json",
  mediaType: "application/json",
  source: `${JSON.stringify(
    {
      id: "plan",
      name: "Plan agent",
      version: "2.1.0",
      description: "Makes plans.",
      url: "http://localhost:8001",
      skills: [
        {
          id: "create_plan",
          name: "Create a plan",
          description: "Says what to do, in steps.",
          tags: ["planning"],
          // What the agent of that skill takes and gives that ships: a workflow is held against either.
          input_schema: {
            type: "object",
            properties: { requirements: { type: "string" } },
            required: ["requirements"],
          },
          output_schema: { type: "object", properties: { plan: { type: "array" } }, required: ["plan"] },
        },
      ],
      labels: { team: "core" },
    },
    null,
    2,
  )}\n`,
};

/** A template that extends no other. */
export const firstTemplate: Example = shippedTemplate("base_generation");

/** Every kind, and every language of functions, in an order in which each may be published. */
export const examples: Example[] = [
  firstTemplate,
  shippedTemplate("image_generation"),
  starter("numpy.sharpen", "numpy.py", "text/x-python"),
  starter("javascript.convert_length", "javascript.js", "text/javascript"),
  starter("javascript.check_focus", "typescript.ts", "application/typescript"),
  codeGeneration,
  planAgent,
];

/** As an OCI client refers to it behind the registry's address. */
export function referenceOf({ collection, name, version }: Example): string {
  return `${collection}/${name}:${version}`;
}

function shippedTemplate(name: string): Example {
  const source = readFileSync(join(repositoryRoot, "templates", `${name}.yaml`), "utf8");
  const version = /^ {2}version: "?([\d.]+)"?/m.exec(source)?.[1] ?? "";
  return { collection: "templates", name, version, file: `${name}.yaml`, mediaType: "application/yaml", source };
}

function starter(name: string, file: string, mediaType: string): Example {
  const source = readFileSync(join(repositoryRoot, "templates", "starters", file), "utf8");
  return { collection: "functions", name, version: "1.0.0", file, mediaType, source };
}
