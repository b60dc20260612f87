import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { beginRemoval, endRemoval } from "../../src/bindings/d1/file/blob-references.ts";
import { deleteBlobs } from "../../src/bindings/r2/blob-store.ts";
import { limits } from "../../src/contract/limits.ts";
import { workflowDocument } from "../../src/contract/workflow/document.ts";
import { makePlan } from "../../src/operations/workflow/make-plan.ts";
import { aDocument, aName, ask, askJson, change, publish, refusalOf } from "./a-registry.ts";
import { getRun, runOf } from "./a-run.ts";
import { aFlow, aSkill, askFlowRun, begunFlow, callsOf, planOf, publishFlow } from "./a-workflow.ts";
import { aCard, anAgentName, publishTo } from "./an-agent.ts";

const text = { type: "string", required: true };

describe("a run of a workflow", () => {
  it("is recorded with its plan and its inputs, and answered 202", async () => {
    const skill = await aSkill();
    const name = await publishFlow({
      inputs: { word: text, times: { type: "integer", default: 2 } },
      steps: callsOf(skill),
    });
    const run = await begunFlow(name, { inputs: { word: "a" }, labels: { who: "me" }, priority: 7, pool: "fast" });
    expect(run).toMatchObject({
      kind: "workflow",
      name,
      version: "1.0.0",
      pool: "workflows",
      priority: 7,
      parent: null,
    });
    expect(run.labels).toEqual({ who: "me" });
    expect(await planOf(run.id)).toMatchObject({
      skills: { [skill]: { kind: "function", name: skill } },
      documents: { [`${name}@1.0.0`]: { metadata: { id: name } } },
    });
    const entity = await ask("GET", `/v1/entities/${run.input_entity}`);
    expect(await entity.json()).toMatchObject({
      data: { word: "a", times: 2 },
      type: { role: "input", kind: "workflow" },
    });
    const row = await env.DB.prepare("SELECT job FROM run WHERE id = ?").bind(run.id).first<{ job: string }>();
    expect(JSON.parse(row?.job ?? "")).toMatchObject({ parameters: { pool: "fast", priority: 7 }, handler: null });
    expect((await getRun(run.id)).id).toBe(run.id);
  });

  it("whose inputs do not fit is refused with all that is wrong, and nothing is recorded", async () => {
    const name = await publishFlow({ inputs: { word: text }, steps: callsOf(await aSkill()) });
    const told = await refusalOf(await askFlowRun(name, { inputs: { word: 1, other: 2 } }), 422);
    expect(told).toMatchObject({ code: "INVALID_INPUTS" });
    expect(told.issues.map(({ path }) => path).sort()).toEqual(["/other", "/word"]);
    expect(await countRuns(name)).toBe(0);
  });

  it("takes anything where the workflow declares no inputs", async () => {
    const skill = await aSkill();
    const name = await publishFlow({ steps: callsOf(skill) });
    const run = await begunFlow(name, { inputs: { anything: [1, { deep: true }] } });
    const entity = await ask("GET", `/v1/entities/${run.input_entity}`);
    expect(await entity.json()).toMatchObject({ data: { anything: [1, { deep: true }] } });
  });

  it("is refused when nobody answers to its skills, each with its place", async () => {
    const inner = await publishFlow({ steps: callsOf("gone-for-good") });
    const steps = [...callsOf("not-there", `workflow/${inner}`), { id: "s9", skill: "not-there-either@^3" }];
    const name = await publishFlow({ steps });
    const told = await refusalOf(await askFlowRun(name), 422);
    expect(told.code).toBe("SKILL_NOT_FOUND");
    expect(told.issues.map(({ path, code }) => [path, code])).toEqual([
      ["/steps/0/skill", "skill_unresolved"],
      ["/steps/2/skill", "skill_unresolved"],
      ["/steps/0/skill", "skill_unresolved"],
    ]);
    expect(told.issues[2]?.message).toContain(`${inner}@1.0.0, step s1`);
    expect(await countRuns(name)).toBe(0);
  });

  it("pins the workflows that it calls at any depth, and who answers to their skills", async () => {
    const template = aName("drawn");
    await publish(aDocument(template));
    const agent = anAgentName("helper");
    const skill = `${agent}-skill`;
    const input_schema = { type: "object", properties: { goal: { type: "string" } } };
    await publishTo("/v1/agents", aCard(agent, { skills: [{ id: skill, input_schema }] }));
    const innermost = await publishFlow({ steps: callsOf(template) });
    const inner = await publishFlow({ steps: callsOf(`workflow/${innermost}@^1`, skill) });
    const execute = {
      id: "go",
      skill: "execute_workflow",
      inputs: { workflow_id: inner, version: "1.0.0", inputs: {} },
    };
    const chosen = { id: "any", skill: "execute_workflow", inputs: { workflow_id: "{{ workflow.input.which }}" } };
    const outer = await publishFlow({ steps: [execute, chosen] });
    const plan = await planOf((await begunFlow(outer, { inputs: { which: "x" } })).id);
    expect(Object.keys(plan.documents).sort()).toEqual(
      [`${outer}@1.0.0`, `${inner}@1.0.0`, `${innermost}@1.0.0`].sort(),
    );
    expect(plan.skills).toMatchObject({
      [`workflow/${inner}@1.0.0`]: { kind: "workflow", name: inner },
      [`workflow/${innermost}@^1`]: { kind: "workflow", name: innermost },
      [template]: { kind: "template", name: template },
      [skill]: { kind: "agent", name: agent, skill, url: `https://${agent}.test`, input_schema, output_schema: null },
    });
  });

  it("keeps its plan when something newer is published", async () => {
    const template = aName("changing");
    await publish(aDocument(template));
    const name = await publishFlow({ steps: callsOf(template) });
    const first = await begunFlow(name);
    await publish(aDocument(template, { version: "2.0.0", outputs: {} }));
    const second = await begunFlow(name);
    expect((await planOf(first.id)).skills[template]?.version).toBe("1.0.0");
    expect((await planOf(second.id)).skills[template]?.version).toBe("2.0.0");
  });

  it("is refused when the workflow would call itself, with the circle in words", async () => {
    const [first, second] = [anAgentName("one"), anAgentName("two")];
    await publishFlow({ name: first, steps: callsOf(`workflow/${second}`) });
    await publishFlow({ name: second, steps: callsOf(`workflow/${first}`) });
    const told = await refusalOf(await askFlowRun(first), 409);
    expect(told.detail).toContain(`${first}@1.0.0 (step s1) → ${second}@1.0.0 (step s1) → ${first}@1.0.0`);
    const own = anAgentName("self");
    await publishFlow({ name: own, steps: callsOf(`workflow/${own}`) });
    await refusalOf(await askFlowRun(own), 409);
  });

  it("is refused when workflows call each other deeper than may be", async () => {
    const skill = await aSkill();
    let name = await publishFlow({ steps: callsOf(skill) });
    for (let depth = 2; depth <= limits.workflowNesting; depth++)
      name = await publishFlow({ steps: callsOf(`workflow/${name}`) });
    await begunFlow(name);
    const deeper = await publishFlow({ steps: callsOf(`workflow/${name}`) });
    expect(await refusalOf(await askFlowRun(deeper), 409)).toMatchObject({ code: "LIMIT_REACHED" });
  });

  it("is made once for each Idempotency-Key", async () => {
    const skill = await aSkill();
    const name = await publishFlow({ steps: callsOf(skill) });
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => askFlowRun(name, { inputs: {} }, key)));
    const runs = await Promise.all(answers.map((answer) => runOf(answer, answer.status)));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect(await countRuns(name)).toBe(1);
    expect(await refusalOf(await askFlowRun(name, { inputs: { other: 1 } }, key), 409)).toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
  });

  it("borrows what a reference names, and says so", async () => {
    const skill = await aSkill();
    const name = await publishFlow({ inputs: { word: text }, steps: callsOf(skill) });
    const made = await askJson("POST", "/v1/entities", { data: { said: "hello" } });
    const { ecs_id: id } = await made.json<{ ecs_id: string }>();
    const run = await begunFlow(name, { inputs: { word: `@${id}.said` } });
    const entity = await ask("GET", `/v1/entities/${run.input_entity}`);
    expect(await entity.json()).toMatchObject({ data: { word: "hello" }, attribute_source: { word: `@${id}.said` } });
  });

  it("of a version that is deleted, or with max_attempts, is refused", async () => {
    const skill = await aSkill();
    const name = await publishFlow({ steps: callsOf(skill) });
    expect(await refusalOf(await askFlowRun(name, { inputs: {}, max_attempts: 2 }), 400)).toMatchObject({
      code: "INVALID_REQUEST",
    });
    await change("DELETE", `/v1/workflows/${name}/versions/1.0.0`);
    await refusalOf(await askFlowRun(`${name}@1.0.0`), 410);
  });

  it("keeps the bytes of its plan from every sweep", async () => {
    const name = await publishFlow({ steps: callsOf(await aSkill()) });
    const digest = await planDigest((await begunFlow(name)).id);
    expect(await beginRemoval(env.DB, [digest], new Date())).toEqual([]);
  });

  it("whose plan's bytes a sweep is removing waits until it is through, and brings them again", async () => {
    const { name, document } = aFlow({ steps: callsOf(await aSkill()) });
    await publishTo("/v1/workflows", document);
    const parsed = workflowDocument.parse(document);
    const planned = await makePlan({ db: env.DB, blobs: env.BLOBS }, { name, version: "1.0.0", document: parsed });
    if (!planned.ok) throw new Error(planned.failure.message);
    const { digest } = planned.value;
    expect(await beginRemoval(env.DB, [digest], new Date())).toEqual([digest]);
    const begun = begunFlow(name);
    await scheduler.wait(200);
    await deleteBlobs(env.BLOBS, [digest]);
    await endRemoval(env.DB, [digest]);
    const run = await begun;
    expect(await planDigest(run.id)).toBe(digest);
    expect(await planOf(run.id)).toEqual(planned.value.plan);
  });

  it("whose plan is the same as another's shares it", async () => {
    const skill = await aSkill();
    const { name, document } = aFlow({ steps: callsOf(skill) });
    await publishTo("/v1/workflows", document);
    const [first, second] = [await begunFlow(name), await begunFlow(name)];
    expect(await planDigest(first.id)).toBe(await planDigest(second.id));
  });
});

async function planDigest(runId: string): Promise<string> {
  const row = await env.DB.prepare("SELECT plan_digest FROM workflow_run WHERE run_id = ?")
    .bind(runId)
    .first<{ plan_digest: string }>();
  return row?.plan_digest ?? "";
}

async function countRuns(name: string): Promise<number> {
  const row = await env.DB.prepare("SELECT COUNT(*) AS count FROM run WHERE name = ?")
    .bind(name)
    .first<{ count: number }>();
  return row?.count ?? 0;
}
