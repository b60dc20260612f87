import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { runPage } from "../../src/contract/http/runs.ts";
import type { RunSummary } from "../../src/contract/run/run.ts";
import { aDocument, ask, publish, refusalOf } from "./a-registry.ts";
import { aRun, cancelRun, plainInputs } from "./a-run.ts";

const made: string[] = [];

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
  await publish(aDocument("writer", { inputs: plainInputs, execution: { pool: "words" } }));
  for (let at = 0; at < 23; at++) {
    const labels = { parity: at % 2 === 0 ? "even" : "odd", "url/x": "a:b:c" };
    const run = await aRun(at % 3 === 0 ? "writer" : "painter", { inputs: { prompt: `p${at}` }, labels });
    made.push(run.id);
    if (at % 5 === 0) await (await cancelRun(run.id)).body?.cancel();
  }
});

/** Every page of a list, by following the cursor. */
async function listAll(query: Record<string, string>, limit = 4): Promise<RunSummary[]> {
  const items: RunSummary[] = [];
  let path: string | null = `/v1/runs?${new URLSearchParams({ ...query, limit: String(limit) })}`;
  while (path !== null) {
    const response: Response = await ask("GET", path);
    expect(response.status).toBe(200);
    const page = runPage.parse(await response.json());
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    const link: string | null = response.headers.get("link");
    expect(link !== null).toBe(page.next_cursor !== null);
    path = /<([^>]+)>/.exec(link ?? "")?.[1] ?? null;
  }
  return items;
}

const newestFirst = () => made.toReversed();

it("lists all runs newest first, each once, page by page", async () => {
  expect((await listAll({})).map((run) => run.id)).toEqual(newestFirst());
});

it("is not shifted by runs that are made meanwhile", async () => {
  const first = runPage.parse(await (await ask("GET", "/v1/runs?limit=3")).json());
  const late = await aRun("painter");
  const second = runPage.parse(await (await ask("GET", `/v1/runs?limit=3&cursor=${first.next_cursor}`)).json());
  expect(second.items.map((run) => run.id)).toEqual(newestFirst().slice(3, 6));
  made.push(late.id);
});

it("keeps to state, name, pool and label, alone and together", async () => {
  const cancelled = await listAll({ state: "cancelled" });
  expect(cancelled).toHaveLength(5);
  expect(cancelled.every((run) => run.state === "cancelled" && run.finished_at !== null)).toBe(true);
  expect(await listAll({ name: "writer" })).toHaveLength(8);
  expect(await listAll({ pool: "words" })).toHaveLength(8);
  expect(await listAll({ pool: "words", state: "cancelled" })).toHaveLength(2);
  const odd = await listAll({ label: "parity:odd" });
  expect(odd).toHaveLength(11);
  expect(odd.every((run) => run.labels.parity === "odd")).toBe(true);
  expect(await listAll({ label: "url/x:a:b:c", name: "writer", kind: "template", state: "queued" })).toHaveLength(6);
  expect(await listAll({ label: "parity:neither" })).toEqual([]);
  expect(await listAll({ kind: "function" })).toEqual([]);
});

it("finds the run that took an entity", async () => {
  const [id = ""] = made;
  const row = await env.DB.prepare("SELECT input_entity FROM run WHERE id = ?")
    .bind(id)
    .first<{ input_entity: string }>();
  const found = await listAll({ entity: row?.input_entity ?? "" });
  expect(found.map((run) => run.id)).toEqual([id]);
});

it("answers every filter from an index", async () => {
  const queries = [
    ["state = 'queued'", "run_state"],
    ["pool = 'words'", "run_pool"],
    ["pool = 'words' AND state = 'queued'", "run_pool"],
    ["kind = 'template' AND name = 'writer'", "run_name"],
  ];
  for (const [where, index] of queries) {
    const plan = await env.DB.prepare(
      `EXPLAIN QUERY PLAN SELECT r.id, r.labels FROM run r WHERE ${where} AND r.id < 'f' ORDER BY r.id DESC LIMIT 5`,
    ).all<{ detail: string }>();
    const text = plan.results.map((row) => row.detail).join("; ");
    expect(text).toContain(`USING INDEX ${index}`);
    expect(text).not.toContain("TEMP B-TREE");
  }
});

it("refuses a question that it cannot read", async () => {
  for (const query of ["state=done", "label=nocolon", "label=:x", "limit=0", "cursor=zzz", "entity=x", "color=red"]) {
    const told = await refusalOf(await ask("GET", `/v1/runs?${query}`), 400);
    expect(told.code).toBe("INVALID_REQUEST");
  }
});
