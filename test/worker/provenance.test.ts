import fc from "fast-check";
import { expect, it } from "vitest";
import { type AttributeSource, type Entity, entity } from "../../src/contract/entity/entity.ts";
import { entityValue } from "../../src/contract/http/entities.ts";
import { parseAddress } from "../../src/domain/entity/parse-address.ts";
import { ask } from "../http/a-registry.ts";
import { aRun, getRun } from "../http/a-run.ts";
import { anEntity } from "../http/an-entity.ts";
import { aChain, asRecord, type Data, escaped, type Known, makeInput, mapValues } from "./a-borrowing.ts";
import { aTemplate } from "./a-pooled-run.ts";
import { keyOf, TestRunner } from "./a-runner.ts";

const tally = { runs: 0, outputs: 0, leaves: 0, given: 0, addresses: 0, borrowed: 0 };

const interfaceOfAll = {
  inputs: {
    list: { type: "array", required: true },
    map: { type: "object", required: true },
    text: { type: "string", required: true },
    whole: { type: "integer", required: true },
    flag: { type: "boolean", required: true },
    nested: {
      type: "object",
      required: ["sizes"],
      properties: { sizes: { type: "array", items: { type: "integer" } }, unit: { type: "string", default: "px" } },
    },
    steps: { type: "integer", default: 20 },
  },
  outputs: {
    result: { type: "object" },
    items: { type: "array" },
    label: { type: "string" },
    score: { type: "float" },
  },
};

it("leads from each leaf of every output back to entities that hold the very values that were used", async () => {
  const pool = "provenance";
  const template = await aTemplate(interfaceOfAll);
  const { runner } = await TestRunner.connect({ pool, handlers: [template] });
  await fc.assert(
    fc.asyncProperty(aChain, async ({ entities, runs }) => {
      const known: Known[] = [];
      for (const given of entities) {
        const { ecs_id: ecsId } = await anEntity(escaped(given));
        known.push({ ecsId, data: given });
      }
      for (const step of runs) {
        const made = mapValues(step.inputs, (planned, name) => makeInput(planned, name, known));
        await runner.beat();
        const { id } = await aRun(template, { inputs: mapValues(made, ({ sent }) => sent), pool });
        const job = await runner.hear("job");
        expect(job.run_id).toBe(id);
        const meant = mapValues(made, (one) => one.meant);
        expect(job.inputs).toEqual({ ...meant, nested: { unit: "px", ...asRecord(meant.nested) }, steps: 20 });
        runner.started(job);
        runner.result(job, step.outputs);
        expect(await runner.hear("accepted")).toMatchObject(keyOf(job));
        const run = await getRun(id);
        if (run.state !== "succeeded") throw new Error(`the run is ${run.state}`);
        const input = await readEntity(run.input_entity);
        // Nothing that was borrowed is told as given, and nothing that was given as borrowed.
        expect(input.attribute_source).toEqual({
          ...mapValues(made, ({ source }) => source),
          nested: { unit: null, ...asRecord(made.nested?.source) },
          steps: null,
        });
        expect(run.outputs).toHaveLength(step.outputs.length);
        for (const { entity: ecsId, output_index: at } of run.outputs) {
          const told = await readEntity(ecsId);
          expect(told.data).toEqual(step.outputs[at]);
          tally.outputs += 1;
          for (const name of Object.keys(told.data ?? {})) {
            const leaves = sourcesAt(told.data?.[name], told.attribute_source[name]);
            // All of an output came from the run's input, and from nowhere else.
            for (const source of leaves) expect(source).toBe(`@${run.input_entity}`);
          }
          await walkBack(told, job.inputs ?? {});
          known.push({ ecsId, data: step.outputs[at] ?? {} });
        }
        known.push({ ecsId: run.input_entity, data: job.inputs ?? {} });
        tally.runs += 1;
      }
    }),
    { numRuns: 12 },
  );
  console.log(
    `${tally.runs} runs, ${tally.outputs} output entities, ${tally.leaves} leaves walked: ${tally.given} given by a caller, ` +
      `${tally.borrowed} borrowed; ${tally.addresses} addresses read and equal`,
  );
  expect(tally.borrowed).toBeGreaterThan(100);
});

/** Follows every leaf of an entity to where it began. `used` is what the run got whose output the first one is. */
async function walkBack(from: Entity, used: Data): Promise<void> {
  const seen = new Set<string>();
  const visit = async (at: Entity): Promise<void> => {
    if (seen.has(at.ecs_id)) return;
    seen.add(at.ecs_id);
    expect(Object.keys(at.attribute_source).sort()).toEqual(Object.keys(at.data ?? {}).sort());
    for (const [name, source] of Object.entries(at.attribute_source)) {
      await follow(at, at.data?.[name], source);
    }
  };
  const follow = async (at: Entity, value: unknown, source: AttributeSource): Promise<void> => {
    if (typeof source === "object" && source !== null) {
      const members = new Map(Object.entries(source));
      expect(Array.isArray(source)).toBe(Array.isArray(value));
      expect([...members.keys()]).toEqual(Object.keys(asRecord(value)));
      for (const [step, member] of members) await follow(at, asRecord(value)[step], member);
      return;
    }
    tally.leaves += 1;
    if (source === null) {
      tally.given += 1;
      return;
    }
    const lender = await readAddress(source);
    const isOutput = at.type.role === "output";
    if (!isOutput) tally.borrowed += 1;
    if (!isOutput) expect(lender.value).toEqual(value);
    else if (at.ecs_id === from.ecs_id) expect(lender.value).toEqual(used);
    await visit(await readEntity(lender.entity));
  };
  await visit(from);
}

/** Reads what lies at an address, by the route that people use. */
async function readAddress(address: string): Promise<{ entity: string; value: unknown }> {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(`${address} is no address: ${parsed.failure.message}`);
  const at = address.slice(1 + parsed.value.ecsId.length);
  const query = at === "" ? "" : `?at=${encodeURIComponent(at)}`;
  const response = await ask("GET", `/v1/entities/${parsed.value.ecsId}/value${query}`);
  const text = await response.text();
  expect(response.status, `${address}: ${text}`).toBe(200);
  tally.addresses += 1;
  return entityValue.parse(JSON.parse(text));
}

async function readEntity(ecsId: string): Promise<Entity> {
  const response = await ask("GET", `/v1/entities/${ecsId}`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return entity.parse(JSON.parse(text));
}

/** The sources of all leaves of a value. */
function sourcesAt(value: unknown, source: AttributeSource | undefined): (string | null)[] {
  if (source === undefined) throw new Error("a value has no source");
  if (typeof source !== "object" || source === null) return [source];
  const members = new Map(Object.entries(source));
  return Object.keys(asRecord(value)).flatMap((name) => sourcesAt(asRecord(value)[name], members.get(name)));
}
