import { createExecutionContext, env } from "cloudflare:test";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { type WorkflowDocument, workflowDocument } from "../../src/contract/workflow/document.ts";
import type { ResolvedValues } from "../../src/domain/entity/borrow-values.ts";
import type { Needs } from "../../src/http/needs.ts";
import { makePlan, makePlanOf } from "../../src/operations/workflow/make-plan.ts";
import { type StartWorkflow, startWorkflowRun } from "../../src/operations/workflow/start-workflow-run.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { read } from "./a-registry.ts";
import { getRun } from "./a-run.ts";
import { aFlow, aSkill, begunFlow, callsOf, publishFlow } from "./a-workflow.ts";
import { publishTo } from "./an-agent.ts";

function needsWith(gone: Partial<Needs> = {}): Needs {
  const request = new Request("http://localhost/");
  return { ...wireRequest(env, createExecutionContext(), request), ...gone };
}

function given(values: ResolvedValues["values"]): ResolvedValues {
  return { values, attributeSource: {}, borrowed: [] };
}

/** A workflow that is published, and how a run of it is begun; a test states only what matters to it. */
async function aStart(parts: Partial<StartWorkflow> = {}, flow: object = {}): Promise<StartWorkflow> {
  const { name, document } = aFlow({ steps: callsOf(await aSkill()), ...flow });
  const { digest } = await publishTo("/v1/workflows", document);
  const planned = await makePlan(needsWith(), { name, version: "1.0.0", document: documentOf(document) });
  if (!planned.ok) throw new Error(planned.failure.message);
  return {
    runId: v7(),
    createdAt: new Date().toISOString(),
    skill: { kind: "workflow", name, version: "1.0.0", digest },
    planDigest: planned.value.digest,
    depth: 1,
    given: given({}),
    labels: {},
    wishes: {},
    timeoutSeconds: null,
    by: "ann",
    parent: null,
    retryOf: null,
    keyed: null,
    ...parts,
  };
}

function documentOf(document: unknown): WorkflowDocument {
  return workflowDocument.parse(document);
}

describe("beginning a run of a workflow", () => {
  it("twice under one id makes one run", async () => {
    const start = await aStart();
    const begun = await Promise.all([1, 2, 3].map(() => startWorkflowRun(needsWith(), start)));
    const told = begun.map((one) => (one.ok ? [one.value.run.id, one.value.run.input_entity] : one.failure));
    expect(new Set(told.map(String)).size).toBe(1);
    expect(begun.filter((one) => one.ok && !one.value.isRepeated)).toHaveLength(1);
    const counted = "SELECT COUNT(*) AS count FROM entity WHERE kind = 'workflow' AND name = ?";
    expect(await env.DB.prepare(counted).bind(start.skill.name).first()).toEqual({ count: 1 });
  });

  it("for the step of another tells whose step it does; for one that has ended, nothing is begun", async () => {
    const parent = await begunFlow(await publishFlow({ steps: callsOf(await aSkill()) }));
    const start = await aStart({ parent: { run: parent.id, step: "s1" }, depth: 2 });
    // Whatever its own instance does meanwhile.
    await env.DB.prepare("UPDATE run SET state = 'running' WHERE id = ?").bind(parent.id).run();
    expect(await startWorkflowRun(needsWith(), start)).toMatchObject({ ok: true });
    expect(await getRun(start.runId)).toMatchObject({ parent: { run: parent.id, step: "s1" } });
    await env.DB.prepare("UPDATE run SET state = 'cancelled' WHERE id = ?").bind(parent.id).run();
    const late = { ...start, runId: v7() };
    expect(await startWorkflowRun(needsWith(), late)).toMatchObject({ ok: false, failure: { code: "RUN_ENDED" } });
    expect(await env.DB.prepare("SELECT id FROM run WHERE id = ?").bind(late.runId).first()).toBeNull();
  });

  it("whose instance cannot be started now is recorded all the same", async () => {
    const start = await aStart();
    const { workflows } = needsWith();
    const failing = { ...workflows, start: () => Promise.reject(new Error("Workflows is away")) };
    expect(await startWorkflowRun(needsWith({ workflows: failing }), start)).toMatchObject({ ok: true });
    expect(await getRun(start.runId)).toMatchObject({ state: "queued" });
  });

  it("takes the shorter of the timeouts that the request and the document say", async () => {
    const timeouts: [asked: number | null, own: string | null, taken: number][] = [
      [null, null, 365 * 24 * 3600],
      [60, null, 60],
      [null, "1500ms", 2],
      [60, "2m", 60],
      [600, "2m", 120],
    ];
    for (const [asked, own, taken] of timeouts) {
      const flow = own === null ? {} : { error_handling: { timeout: own } };
      const begun = await startWorkflowRun(needsWith(), await aStart({ timeoutSeconds: asked }, flow));
      expect(begun).toMatchObject({ value: { run: { timeout_seconds: taken } } });
    }
  });

  it("with inputs too large for a row keeps them in R2", async () => {
    const start = await aStart({ given: given({ long: "x".repeat(100_000) }) });
    expect(await startWorkflowRun(needsWith(), start)).toMatchObject({ ok: true });
    const run = await getRun(start.runId);
    const value = await read(`/v1/entities/${run.input_entity}/value`, { Authorization: "Bearer test-admin-token" });
    expect(JSON.stringify(await value.json())).toContain("x".repeat(100_000));
  });
});

describe("a workflow that is chosen while another runs", () => {
  it("is planned by its skill", async () => {
    const name = await publishFlow({ steps: callsOf(await aSkill()) });
    const planned = await makePlanOf(needsWith(), `workflow/${name}@^1`);
    expect(planned).toMatchObject({ ok: true, value: { skill: { kind: "workflow", name, version: "1.0.0" } } });
  });

  it.each(["workflow/there-is-none-such", "workflow/bad name", "template/x"])("is refused as %s", async (skill) => {
    expect(await makePlanOf(needsWith(), skill)).toMatchObject({ ok: false, failure: { code: "SKILL_NOT_FOUND" } });
  });
});
