import { describe, expect, it } from "vitest";
import { batchAnswer, registration } from "../../src/contract/artifact/registration.ts";
import { sourceRegistration } from "../../src/contract/function/registration.ts";
import type { Issue } from "../../src/contract/issue.ts";
import { aDocument, aName, change, postBatch, postDocument, publish } from "./a-registry.ts";
import { postSource, publishSource } from "./a-source.ts";
import { aFlow, type FlowParts, publishFlow } from "./a-workflow.ts";
import { post } from "./an-agent.ts";

const text = { type: "string", required: true };
const counting = { inputs: { word: text }, outputs: { count: { type: "integer" } } };

/** What a dry run of a template warns of. */
async function warnings(name: string, parts: Parameters<typeof aDocument>[1]): Promise<Issue[]> {
  const response = await postDocument(aDocument(name, parts), "?dry_run=true");
  const told = await response.text();
  expect(response.status, told).toBe(200);
  return registration.parse(JSON.parse(told)).issues.filter(({ code }) => code === "breaks_workflow");
}

async function aCounter(): Promise<string> {
  const name = aName("counted");
  await publish(aDocument(name, counting));
  return name;
}

function callsWith(skill: string, more: FlowParts = {}): FlowParts {
  return { steps: [{ id: "a", skill, inputs: { word: "x" } }], ...more };
}

describe("a dry run of a release that breaks workflows", () => {
  it("names the workflow, the step and what does not fit", async () => {
    const counter = await aCounter();
    const flow = await publishFlow(callsWith(counter));
    const found = await warnings(counter, { version: "2.0.0", inputs: { wort: text }, outputs: counting.outputs });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ severity: "warning" });
    expect(found.map(({ message }) => message).join()).toContain(
      `workflow ${flow}@1.0.0 would break with ${counter}@2.0.0, step a:`,
    );
    expect(await warnings(counter, { version: "1.1.0", ...counting, description: "Other words." })).toEqual([]);
  });

  it("sees what follows of an output that is gone, in other steps and in the outputs of the whole", async () => {
    const counter = await aCounter();
    const flow = await publishFlow(
      callsWith(counter, { outputs: { n: { type: "integer", value: "{{ steps.a.outputs.count }}" } } }),
    );
    const found = await warnings(counter, {
      version: "2.0.0",
      inputs: counting.inputs,
      outputs: { count: { type: "string" } },
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(`workflow ${flow}@1.0.0 would break with ${counter}@2.0.0, the outputs:`);
  });

  it("leaves out workflows whose selector does not take it, and versions that are not the latest", async () => {
    const counter = await aCounter();
    await publishFlow(callsWith(`${counter}@^1`));
    const flow = await publishFlow(callsWith(counter));
    const newer = aFlow({ name: flow, version: "1.1.0", ...callsWith(`${counter}@1.0.0`) });
    expect((await post("/v1/workflows", newer.document)).status).toBe(201);
    const gone = await publishFlow(callsWith(counter));
    await change("DELETE", `/v1/workflows/${gone}/versions/1.0.0`);
    expect(await warnings(counter, { version: "2.0.0", inputs: { wort: text } })).toEqual([]);
  });

  it("sees workflows too that were published when nobody had the skill", async () => {
    const counter = aName("late");
    const flow = await publishFlow(callsWith(`${counter}@>=1`));
    const other = await publishFlow(callsWith(`template/${counter}`));
    await publishFlow(callsWith(`${counter}_2`));
    await publish(aDocument(counter, counting));
    const found = await warnings(counter, { version: "2.0.0", outputs: {}, inputs: { word: { type: "integer" } } });
    expect(found.map(({ message }) => message.split(" would ")[0]).sort()).toEqual(
      [`workflow ${flow}@1.0.0`, `workflow ${other}@1.0.0`].sort(),
    );
  });

  it("does not repeat what was wrong before", async () => {
    const counter = aName("wrong");
    await publishFlow({ steps: [{ id: "a", skill: counter, inputs: { wort: "x" } }] });
    await publish(aDocument(counter, counting));
    expect(await warnings(counter, { version: "2.0.0", ...counting, description: "Other words." })).toEqual([]);
  });

  it("tells the same of members of a batch, of functions, and of workflows that others call", async () => {
    const counter = await aCounter();
    await publishFlow(callsWith(counter));
    const batch = await postBatch([aDocument(counter, { version: "2.0.0", inputs: {} })], "?dry_run=true");
    const { results } = batchAnswer.parse(await batch.json());
    expect(results[0]?.issues).toMatchObject([{ code: "breaks_workflow" }]);

    const name = aName("edge");
    const source = (takes: string) =>
      `/** Made by a test. */\nexport function ${name}(inputs: ${takes}): { result: number } {\n  return { result: 1 };\n}\n`;
    await publishSource(source("{ word: string }"), "", "application/typescript");
    await publishFlow(callsWith(`javascript.${name}`));
    const response = await postSource(source("{ word: number }"), "?dry_run=true", "application/typescript");
    const { functions } = sourceRegistration.parse(await response.json());
    expect(functions[0]?.issues).toMatchObject([{ code: "breaks_workflow" }]);

    const inner = await publishFlow({ inputs: { word: text }, steps: [{ id: "a", skill: "whoever" }] });
    await publishFlow(callsWith(`workflow/${inner}`));
    const next = aFlow({
      name: inner,
      version: "2.0.0",
      inputs: { word: { type: "integer", required: true } },
      steps: [{ id: "a", skill: "whoever" }],
    });
    const planned = await post("/v1/workflows?dry_run=true", next.document);
    const told = registration.parse(await planned.json()).issues.map(({ code }) => code);
    expect(told).toContain("breaks_workflow");
    // For real, it is the author's to decide.
    const done = await post("/v1/workflows", next.document);
    expect(registration.parse(await done.json()).issues.map(({ code }) => code)).not.toContain("breaks_workflow");
  });
});
