import { env } from "cloudflare:test";
import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { type EntityRow, entityStatements } from "../../src/bindings/d1/entity/entity-statements.ts";
import { primary } from "../../src/bindings/d1/primary.ts";
import { type Lineage, type LineageEdge, lineage } from "../../src/contract/entity/lineage.ts";
import { limits } from "../../src/contract/limits.ts";
import { anEntityRow } from "../bindings/d1/an-entity-row.ts";
import { ask, refusalOf } from "./a-registry.ts";
import { anEntity, aVersion } from "./an-entity.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const artifact = { kind: "template" as const, name: "resize", version: "1.0.0", digest };

async function lineageOf(ecsId: string, query = ""): Promise<Lineage> {
  const response = await ask("GET", `/v1/entities/${ecsId}/lineage${query}`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return lineage.parse(JSON.parse(text));
}

async function record(rows: EntityRow[]): Promise<void> {
  const session = primary(env.DB);
  for (let start = 0; start < rows.length; start += 50) {
    await session.batch(rows.slice(start, start + 50).flatMap((row) => entityStatements(session, row, null)));
  }
}

async function recordRun(id: string, inputEntity: string, state = "succeeded"): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO run (id, kind, name, version, digest, pool, priority, labels, job, state, state_since, max_attempts,
       timeout_seconds, input_entity, created_at, created_by)
     VALUES (?, 'template', 'resize', '1.0.0', ?, 'default', 5, '{}', '{}', ?, 'now', 3, 60, ?, 'now', 'test')`,
  )
    .bind(id, digest, state, inputEntity)
    .run();
}

const borrowedFrom = (source: string, path = "/a") => ({ path, sourceEcsId: source, sourcePath: "/b" });

function anOutput(runId: string, inputEcsId: string, parts: Partial<EntityRow> = {}): EntityRow {
  return anEntityRow({
    type: { role: "output", ...artifact },
    derived_from_run: runId,
    derived_from_function: "template/resize@1.0.0",
    output_index: 0,
    borrowed: [{ path: "", sourceEcsId: inputEcsId, sourcePath: "" }],
    ...parts,
  });
}

describe("the lineage of an entity", () => {
  it("goes from what was borrowed over the run to what it made, and on to its next version", async () => {
    const lender = await anEntity({ image: 1 });
    const input = anEntityRow({ type: { role: "input", ...artifact }, borrowed: [borrowedFrom(lender.ecs_id)] });
    const runId = v7();
    const outputs = [0, 1].map((n) => anOutput(runId, input.ecs_id, { output_index: n }));
    await record([input, ...outputs]);
    await recordRun(runId, input.ecs_id);
    const [output] = outputs;
    const changed = await aVersion({ ...lender, ecs_id: output?.ecs_id ?? "" }, { edited: true });

    const found = await lineageOf(lender.ecs_id, "?direction=descendants");
    expect(found).toMatchObject({ root: lender.ecs_id, direction: "descendants", truncated: false });
    expect(new Set(found.entities.map((one) => one.ecs_id))).toEqual(
      new Set([lender.ecs_id, input.ecs_id, ...outputs.map((one) => one.ecs_id), changed.ecs_id]),
    );
    expect(found.edges).toHaveLength(4);
    expect(found.edges).toContainEqual({
      from: lender.ecs_id,
      to: input.ecs_id,
      how: "borrowed",
      from_path: "/b",
      to_path: "/a",
      run_id: null,
    });
    for (const { ecs_id: to } of outputs) {
      const edge = { from: input.ecs_id, to, how: "run", from_path: null, to_path: null, run_id: runId };
      expect(found.edges).toContainEqual(edge);
    }
    expect(found.edges).toContainEqual(
      expect.objectContaining({ from: output?.ecs_id, to: changed.ecs_id, how: "version" }),
    );
    expect(found.runs).toEqual([
      { id: runId, state: "succeeded", kind: "template", name: "resize", version: "1.0.0", created_at: "now" },
    ]);

    const back = await lineageOf(changed.ecs_id, "?direction=ancestors");
    expect(back.entities.map((one) => one.ecs_id)).toEqual([
      changed.ecs_id,
      output?.ecs_id,
      input.ecs_id,
      lender.ecs_id,
    ]);
    expect(back.runs.map((run) => run.id)).toEqual([runId]);
    const siblings = await ask("GET", `/v1/entities/${output?.ecs_id}`);
    expect(await siblings.json()).toMatchObject({ siblings: [outputs[1]?.ecs_id], output_index: 0 });
  });

  it("tells which runs used it, also those that made nothing", async () => {
    const lender = await anEntity({ image: 1 });
    const inputs = [0, 1].map(() => anEntityRow({ borrowed: [borrowedFrom(lender.ecs_id)] }));
    const runs = [v7(), v7()];
    await record(inputs);
    await recordRun(runs[0] ?? "", inputs[0]?.ecs_id ?? "", "queued");
    await recordRun(runs[1] ?? "", inputs[1]?.ecs_id ?? "", "cancelled");
    expect((await lineageOf(lender.ecs_id)).runs.map((run) => run.state)).toEqual(["cancelled", "queued"]);
    expect((await lineageOf(inputs[0]?.ecs_id ?? "", "?direction=ancestors")).runs).toEqual([]);
    const ofRun = await ask("GET", `/v1/entities?run=${runs[0]}`);
    expect(await ofRun.json()).toMatchObject({ items: [{ ecs_id: inputs[0]?.ecs_id }], next_cursor: null });
  });

  it("stops at the depth that was asked, and says whether there is more", async () => {
    const chain = [anEntityRow()];
    for (let n = 1; n < 60; n += 1) chain.push(anEntityRow({ borrowed: [borrowedFrom(chain[n - 1]?.ecs_id ?? "")] }));
    await record(chain);
    const ends = { first: chain[0]?.ecs_id ?? "", last: chain[59]?.ecs_id ?? "" };
    const two = await lineageOf(ends.first, "?direction=descendants&depth=2");
    expect([two.entities.length, two.edges.length, two.depth, two.truncated]).toEqual([3, 2, 2, true]);
    const most = await lineageOf(ends.last, "?direction=ancestors");
    expect([most.entities.length, most.depth, most.truncated]).toEqual([51, limits.lineageDepth, true]);
    const all = await lineageOf(chain[30]?.ecs_id ?? "");
    expect([all.entities.length, all.edges.length, all.truncated]).toEqual([60, 59, false]);
    await refusalOf(await ask("GET", `/v1/entities/${ends.first}/lineage?depth=51`), 400);
    await refusalOf(await ask("GET", `/v1/entities/${ends.first}/lineage?depth=0`), 400);
    await refusalOf(await ask("GET", `/v1/entities/${ends.first}/lineage?direction=up`), 400);
  });

  it("holds at most so many entities, and says that there are more", async () => {
    const lender = anEntityRow();
    const many = Array.from({ length: limits.lineageEntities + 5 }, () =>
      anEntityRow({ borrowed: [borrowedFrom(lender.ecs_id)] }),
    );
    await record([lender, ...many]);
    const found = await lineageOf(lender.ecs_id);
    expect([found.entities.length, found.truncated]).toEqual([limits.lineageEntities, true]);
    expect(found.edges).toHaveLength(limits.lineageEntities - 1);
  });
});

interface Node {
  sources: number[];
  previous: number | null;
  madeFrom: number | null;
}

/** A graph whose nodes came from earlier nodes. */
const graph: fc.Arbitrary<Node[]> = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, n): fc.Arbitrary<Node> => {
      const earlier = n === 0 ? fc.constant(null) : fc.option(fc.nat({ max: n - 1 }), { freq: 2 });
      const sources: fc.Arbitrary<number[]> =
        n === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat({ max: n - 1 }), { maxLength: 3 });
      return fc.record({ sources, previous: earlier, madeFrom: earlier });
    }),
  ),
);

const edgeText = ({ from, to, how }: Pick<LineageEdge, "from" | "to" | "how">) => `${from} ${how} ${to}`;

it("of any graph, in any direction, to any depth, is what a walk over the graph finds", async () => {
  const asked = fc.record({
    nodes: graph,
    root: fc.nat(),
    direction: fc.constantFrom("ancestors" as const, "descendants" as const, "both" as const),
    depth: fc.integer({ min: 1, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ nodes, root: wanted, direction, depth }) => {
      const ids = nodes.map(() => v7());
      const id = (n: number) => ids[n] ?? "";
      const rows = nodes.map(({ sources, previous, madeFrom }, n) => {
        const borrowed = sources.map((source, at) => borrowedFrom(id(source), `/at${at}`));
        const run = madeFrom === null ? null : v7();
        const fromRun = madeFrom === null ? [] : [{ path: "", sourceEcsId: id(madeFrom), sourcePath: "" }];
        return anEntityRow({
          ecs_id: id(n),
          previous_ecs_id: previous === null ? null : id(previous),
          derived_from_run: run,
          borrowed: [...borrowed, ...fromRun],
        });
      });
      await record(rows);
      const edges = nodes.flatMap(({ sources, previous, madeFrom }, n) => [
        ...sources.map((from) => ({ from, to: n, how: "borrowed" as const })),
        ...(previous === null ? [] : [{ from: previous, to: n, how: "version" as const }]),
        ...(madeFrom === null ? [] : [{ from: madeFrom, to: n, how: "run" as const }]),
      ]);
      const root = wanted % nodes.length;
      const walk = (back: boolean) => {
        const reached = new Set([root]);
        let isWhole = true;
        for (let step = 0; step <= depth; step += 1) {
          const next = edges.flatMap(({ from, to }) => {
            const [here, there] = back ? [to, from] : [from, to];
            return reached.has(here) && !reached.has(there) ? [there] : [];
          });
          if (step === depth) isWhole = next.length === 0;
          else for (const one of next) reached.add(one);
        }
        return { reached, isWhole };
      };
      const walks = [
        ...(direction === "descendants" ? [] : [walk(true)]),
        ...(direction === "ancestors" ? [] : [walk(false)]),
      ];
      const known = new Set(walks.flatMap(({ reached }) => [...reached]));
      const found = await lineageOf(id(root), `?direction=${direction}&depth=${depth}`);
      expect(found.entities.map((one) => one.ecs_id).sort()).toEqual([...known].map(id).sort());
      const between = edges.filter(({ from, to }) => known.has(from) && known.has(to));
      expect(found.edges.map(edgeText).sort()).toEqual(
        between.map(({ from, to, how }) => edgeText({ from: id(from), to: id(to), how })).sort(),
      );
      expect(found.truncated).toBe(walks.some(({ isWhole }) => !isWhole));
    }),
    { numRuns: 60 },
  );
});
