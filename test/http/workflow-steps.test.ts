import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { writeSteps } from "../../src/bindings/d1/workflow/step-rows.ts";
import { runPage } from "../../src/contract/http/runs.ts";
import { stepPage } from "../../src/contract/http/workflow-runs.ts";
import { limits } from "../../src/contract/limits.ts";
import { aStandingRun, aStep } from "../bindings/d1/a-standing-run.ts";
import { ask, refusalOf } from "./a-registry.ts";
import { getRun } from "./a-run.ts";

const at = "2026-01-01T00:00:05.000Z";
const steps = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aStep(`each[${index}]/draw`, { state: "succeeded", finished_at: at, position: String(index).padStart(6, "0") }),
  );

async function pageOf(path: string) {
  const response = await ask("GET", path);
  expect(response.status, await response.clone().text()).toBe(200);
  return { page: stepPage.parse(await response.json()), link: response.headers.get("link") };
}

it("a run tells the first of its steps, and how many there are", async () => {
  const run = await aStandingRun();
  const all = steps(limits.stepsPerAnswer + 20);
  await writeSteps(env.DB, run, all);
  const told = await getRun(run);
  expect(told.steps).toEqual(all.slice(0, limits.stepsPerAnswer));
  expect(told.step_count).toBe(all.length);
});

it("all steps are read page by page, each once", async () => {
  const run = await aStandingRun();
  const all = steps(45);
  await writeSteps(env.DB, run, all);
  const read = [];
  for (let path: string | null = `/v1/runs/${run}/steps?limit=10`; path !== null; ) {
    const { page, link }: Awaited<ReturnType<typeof pageOf>> = await pageOf(path);
    read.push(...page.items);
    expect(link === null).toBe(page.next_cursor === null);
    path = page.next_cursor === null ? null : `/v1/runs/${run}/steps?limit=10&cursor=${page.next_cursor}`;
  }
  expect(read).toEqual(all);
});

it("a run of anything else has no steps, and one that is not there is not found", async () => {
  const run = await aStandingRun({ kind: "template", state: "cancelled" });
  expect((await pageOf(`/v1/runs/${run}/steps`)).page).toEqual({ items: [], next_cursor: null });
  expect(await getRun(run)).toMatchObject({ steps: null, step_count: null });
  const missing = await ask("GET", "/v1/runs/01a20000-0000-7000-8000-000000000000/steps");
  expect((await refusalOf(missing, 404)).code).toBe("RUN_NOT_FOUND");
});

it("a cursor that nobody gave is refused", async () => {
  const run = await aStandingRun();
  for (const cursor of ["x", "e30", btoa(JSON.stringify({ position: 1, path: "a" }))]) {
    await refusalOf(await ask("GET", `/v1/runs/${run}/steps?cursor=${cursor}`), 400);
  }
});

it("a run of a workflow is queued until its instance begins, and runs then, asking no pool", async () => {
  const [queued, running] = [await aStandingRun({ state: "queued" }), await aStandingRun()];
  expect(await getRun(queued)).toMatchObject({
    state: "queued",
    waiting: { why: "not_offered" },
    steps: [],
    step_count: 0,
  });
  expect(await getRun(running)).toMatchObject({
    state: "running",
    runner: { id: "workflows", name: "workflows", device: null },
  });
  const agent = await aStandingRun({ kind: "agent", state: "queued", parent: { run: running, step: "ask" } });
  expect(await getRun(agent)).toMatchObject({ state: "queued", steps: null, parent: { run: running, step: "ask" } });
});

it("runs are listed by the run whose steps they do", async () => {
  const parent = await aStandingRun();
  const children: string[] = [];
  for (const step of ["a", "b", "c"]) {
    children.push(await aStandingRun({ kind: "template", state: "cancelled", parent: { run: parent, step } }));
  }
  const list = async (query: string) => runPage.parse(await (await ask("GET", `/v1/runs?${query}`)).json());
  const page = await list(`parent=${parent}`);
  expect(page.items.map(({ id, parent: of }) => [id, of])).toEqual(
    children.map((id, index) => [id, { run: parent, step: ["a", "b", "c"][index] }]).toReversed(),
  );
  const first = await list(`parent=${parent}&limit=2`);
  const rest = await list(`parent=${parent}&limit=2&cursor=${first.next_cursor}`);
  expect([...first.items, ...rest.items]).toEqual(page.items);
  const alone = (await list("parent=none&limit=200")).items;
  expect(alone.some(({ id }) => id === parent)).toBe(true);
  expect(alone.every((run) => run.parent === null)).toBe(true);
  expect((await list(`parent=${parent}&state=cancelled&kind=template`)).items).toHaveLength(3);
  await refusalOf(await ask("GET", "/v1/runs?parent=somebody"), 400);
});
