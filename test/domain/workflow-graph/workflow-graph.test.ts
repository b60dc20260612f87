import { describe, expect, test } from "vitest";
import { allSteps, outlineWorkflow } from "../../../src/domain/workflow-graph/outline-workflow.ts";
import { workflowGraph } from "../../../src/domain/workflow-graph/workflow-graph.ts";
import { aWorkflow, everyType } from "./a-workflow.ts";

const told = (edges: readonly { from: string; to: string; label: string | null }[]) =>
  edges.map(({ from, to, label }) => `${from} → ${to}${label === null ? "" : ` (${label})`}`);

describe("the outline of a workflow", () => {
  const steps = allSteps(outlineWorkflow(aWorkflow(everyType)));
  const step = (path: string) => steps.find((one) => one.path === path);

  test("names each step as its runs do, items of maps without their numbers", () => {
    expect(steps.map(({ path }) => path)).toEqual([
      "prepare",
      "prepare/news",
      "prepare/style",
      "prepare/style/samples",
      "prepare/style/learn",
      "choose",
      "choose/very%20long/outline",
      "choose/default/outline",
      "write",
      "write[]/letter",
      "ask",
      "send",
    ]);
  });

  test("tells what a step does, without the braces of its expressions", () => {
    expect(step("prepare/news")).toMatchObject({
      kind: "call",
      skill: "collect_news",
      attempts: 3,
      timeoutSeconds: 120,
    });
    expect(step("choose")).toMatchObject({ kind: "switch", condition: "workflow.input.kind" });
    expect(step("write")).toMatchObject({ kind: "map", over: "workflow.input.people", item: "person", atOnce: 4 });
    expect(step("ask")).toMatchObject({ kind: "approval", message: "Send them?", approvers: ["editor"] });
    expect(step("send")).toMatchObject({ skill: null, chosenBy: "workflow.input.sender", undo: "unsend" });
    expect(step("send")?.condition).toBe("steps.ask.outputs.approved");
  });

  test("leaves braces where there is more than one expression, and text around it", () => {
    const both = "{{ workflow.input.a }} == {{ workflow.input.b }}";
    const [only] = outlineWorkflow(aWorkflow(`[{ id: a, skill: b, condition: "${both}" }]`));
    expect(only?.condition).toBe(both);
  });

  test("tells the workflow that execute_workflow names as the skill", () => {
    const [only] = outlineWorkflow(
      aWorkflow("[{ id: a, skill: execute_workflow, inputs: { workflow_id: report, version: ^1 } }]"),
    );
    expect(only).toMatchObject({ skill: "workflow/report@^1", chosenBy: null });
  });
});

describe("the graph of a workflow", () => {
  const { nodes, edges } = workflowGraph(aWorkflow(everyType));
  const ofKind = (kind: string) => told(edges.filter((edge) => edge.kind === kind));

  test("has a node for each step, which knows what it stands in", () => {
    expect(nodes).toHaveLength(12);
    const inside = Object.fromEntries(nodes.map((node) => [node.path, node.inside]));
    expect(inside).toMatchObject({
      prepare: null,
      "prepare/style/learn": { path: "prepare/style", branch: "steps" },
      "choose/very%20long/outline": { path: "choose", branch: "very long" },
    });
  });

  test("says what waits for what", () => {
    expect(ofKind("then")).toEqual([
      "prepare → choose",
      "choose → write",
      "write → ask",
      "ask → send",
      "prepare/style/samples → prepare/style/learn",
    ]);
    expect(ofKind("branch")).toEqual([
      "prepare → prepare/news",
      "prepare → prepare/style",
      "prepare/style → prepare/style/samples",
      "choose → choose/very%20long/outline (very long)",
      "choose → choose/default/outline (default)",
      "write → write[]/letter",
    ]);
  });

  test("says what reads what; an id that branches share means each of them", () => {
    expect(ofKind("reads")).toEqual([
      "prepare/style/samples → prepare/style/learn (texts)",
      "prepare/news → choose/very%20long/outline",
      "choose/very%20long/outline → write[]/letter",
      "choose/default/outline → write[]/letter",
      "ask → send (approved)",
      "write → send",
    ]);
  });

  test("within a branch an id means that branch's own step", () => {
    const branch = (skill: string) => `
      - { id: code, skill: ${skill} }
      - { id: test_${skill}, skill: test, inputs: { code: "{{ steps.code.outputs }}" } }`;
    const steps = `[{ id: either, step_type: conditional, condition: "true", branches: {} }]`;
    const document = aWorkflow(
      steps.replace("branches: {}", `branches: { if_true: ${flow(branch("a"))}, if_false: ${flow(branch("b"))} }`),
    );
    expect(told(workflowGraph(document).edges.filter(({ kind }) => kind === "reads"))).toEqual([
      "either/if_true/code → either/if_true/test_a",
      "either/if_false/code → either/if_false/test_b",
    ]);
  });
});

/** A block list of YAML, as a flow list. */
function flow(block: string): string {
  const items = block.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim().slice(2)]));
  return `[${items.join(", ")}]`;
}
