import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Entity } from "../../src/contract/entity/entity.ts";
import { type Lineage, lineage } from "../../src/contract/entity/lineage.ts";
import type { Run } from "../../src/contract/run/run.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { pictureRegistry } from "./support/picture-registry.ts";

const { calls, facts, pathOf, cli, measured } = pictureRegistry();
const sent = (picture: Parameters<typeof pathOf>[0]) => `@${pathOf(picture)}`;

interface Made {
  run: Extract<Run, { state: "succeeded" }>;
  output: Entity;
  /** Where the CLI saved each file among the outputs, by the output's name. */
  saved: Map<string, string>;
  /** What it told while the run went. */
  told: string;
}

/** Runs a shipped workflow by the CLI as people do, watches it, and reads off its answer what it made. */
async function makes(workflow: string, ...inputs: string[]): Promise<Made> {
  const cwd = temporaryFolder();
  const flags = inputs.flatMap((input) => ["-i", input]);
  const ran = await cli(["run", `workflow/${workflow}`, ...flags, "--watch", "--output-dir", "out"], cwd);
  expect(ran.exitCode, ran.stderr + ran.stdout).toBe(0);
  const [, runId = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(ran.stdout) ?? [];
  const run = await calls().getRun(runId);
  if (run.state !== "succeeded") throw new Error(`the run is ${run.state}`);
  const output = await calls().getEntity(run.outputs[0]?.entity ?? "");
  const saved = [...ran.stdout.matchAll(/^ *(\w+) .*saved as (\S+)/gm)];
  return {
    run,
    output,
    saved: new Map(saved.map(([, name = "", path = ""]) => [name, join(cwd, path)])),
    told: ran.stderr,
  };
}

/** The graph of everything that an entity came from. */
async function ancestorsOf(entity: string): Promise<Lineage> {
  const asked = await cli(["entities", "lineage", entity, "--depth", "50", "--json"], temporaryFolder());
  expect(asked.exitCode, asked.stderr).toBe(0);
  return lineage.parse(JSON.parse(asked.stdout));
}

/** Whether the edges lead from one to the other. */
function leads(graph: Lineage, from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const entity of reached) {
    for (const edge of graph.edges) if (edge.from === entity) reached.add(edge.to);
  }
  return reached.has(to);
}

const measurement = z.object({
  text: z.string(),
  count: z.int(),
  median_area: z.number(),
  covered: z.number(),
  areas: z.array(z.int()),
  brightness: z.array(z.number()),
  noise_removed: z.number(),
  image: z.string(),
  labels: z.string(),
});

describe("measure-objects, on a stack of cells whose number is known", () => {
  let first: Promise<Made> | undefined;
  const made = () => {
    first ??= makes("measure-objects", `image=${sent("stack.tif")}`);
    return first;
  };

  test("denoises, segments and measures in parallel, and joins the results", async () => {
    const { run, output, saved, told } = await made();
    const found = measurement.parse(output.data);
    const { cells, width, height } = facts()["stack.tif"];
    expect(Math.abs(found.count - cells)).toBeLessThanOrEqual(1);
    expect(found.areas).toHaveLength(found.count);
    expect(found.brightness).toHaveLength(found.count);
    expect(found.text).toContain(`There are ${found.count} objects, the middle one of ${found.median_area} pixels`);
    expect(found.noise_removed).toBeGreaterThan(0);

    // Both files are what the numbers say of them.
    const [image, labels] = await measured([saved.get("image") ?? "", saved.get("labels") ?? ""]);
    expect(image).toMatchObject({ format: "PNG", bits: 16, width, height });
    expect(labels).toMatchObject({ format: "PNG", bits: 16, width, height, least: 0, greatest: found.count });
    expect(labels?.aboveLeast).toBeCloseTo(found.covered, 5);
    expect(found.areas.reduce((sum, area) => sum + area, 0) / (width * height)).toBeCloseTo(found.covered, 5);
    // Cells are drawn 900 photons bright on 40, times 40, of 65535; what lies out of focus is dimmer.
    for (const brightness of found.brightness) {
      expect(brightness).toBeGreaterThan(0.2);
      expect(brightness).toBeLessThan((900 * 40) / 65535);
    }

    expect(run.steps?.map(({ path, state }) => `${path} ${state}`)).toEqual([
      "denoise succeeded",
      "look succeeded",
      "look/segment succeeded",
      "look/background succeeded",
      "measure succeeded",
      "describe succeeded",
    ]);
    for (const id of ["denoise", "segment", "background", "measure", "describe"]) expect(told).toContain(id);
  });

  test("links everything that it made to the picture that was sent", async () => {
    const { run, output } = await made();
    const graph = await ancestorsOf(output.ecs_id);
    expect(graph.truncated).toBe(false);
    const steps = (run.steps ?? []).filter((step) => step.run !== null);
    expect(steps).toHaveLength(5);
    expect(graph.runs.map(({ id }) => id)).toEqual(expect.arrayContaining(steps.map((step) => step.run)));
    for (const { input_entity, output_entity } of steps) {
      expect(leads(graph, run.input_entity, input_entity ?? "")).toBe(true);
      expect(leads(graph, output_entity ?? "", output.ecs_id)).toBe(true);
    }
    // What is taken whole is a copy, and says of what.
    const stepOf = (id: string) => run.steps?.find((step) => step.id === id);
    const segmented = await calls().getEntity(stepOf("segment")?.input_entity ?? "");
    expect(segmented.attribute_source.image).toBe(`@${stepOf("denoise")?.output_entity}.image`);
    expect(output.attribute_source.labels).toBe(`@${stepOf("segment")?.output_entity}.labels`);
    const begun = await calls().getEntity(run.input_entity);
    const first = await calls().getEntity(stepOf("denoise")?.input_entity ?? "");
    expect(first.attribute_source.image).toBe(`@${run.input_entity}.image`);
    // At the beginning of it all is the file: a TIFF, byte for byte.
    const stack = await calls().getFile(String(begun.data?.image));
    expect(stack.subarray(0, 2)).toEqual(new Uint8Array([0x49, 0x49]));
  });

  test("gives the same when it is run again", async () => {
    const again = await makes("measure-objects", `image=${sent("stack.tif")}`);
    const { run, output } = await made();
    expect(again.run.id).not.toBe(run.id);
    expect(again.output.data).toEqual(output.data);
  });
});

test("survey measures many pictures by the other workflow, and compares them", async () => {
  const pictures = ["stack.tif", "micrograph.png", "photo.png"] as const;
  const { output, run } = await makes("survey", ...pictures.map((picture) => `images=${sent(picture)}`));
  const { table, total, fullest } = z
    .object({ table: z.string(), total: z.int(), fullest: z.int() })
    .parse(output.data);
  const rows = table.trim().split("\n");
  expect(rows[0]).toBe("picture,objects,median_area");
  const counts = rows.slice(1).map((row) => Number(row.split(",")[1]));
  expect(counts).toHaveLength(pictures.length);
  expect(Math.abs((counts[0] ?? 0) - facts()["stack.tif"].cells)).toBeLessThanOrEqual(1);
  expect(total).toBe(counts.reduce((sum, count) => sum + count, 0));
  expect(counts[fullest - 1]).toBe(Math.max(...counts));
  const called = (run.steps ?? []).filter((step) => step.id === "measure");
  expect(called.map((step) => step.path)).toEqual([0, 1, 2].map((at) => `pictures[${at}]/measure`));
  for (const { skill } of called) expect(skill).toBe("workflow/measure-objects@1.0.0");
  // The lineage goes through the runs of the other workflow, to each picture.
  const graph = await ancestorsOf(output.ecs_id);
  expect(leads(graph, run.input_entity, output.ecs_id)).toBe(true);
});

test("preview makes a small bright picture, one step after the other", async () => {
  const { saved, output } = await makes("preview", `image=${sent("photo.png")}`, "width=128");
  const [before, after] = await measured([pathOf("photo.png"), saved.get("image") ?? ""]);
  expect(after).toMatchObject({ format: "PNG", bits: 8, width: 128 });
  expect(output.data?.height).toBe(after?.height);
  expect(after?.mean).not.toBeCloseTo(before?.mean ?? 0, 3);
});

test.each([
  ["noisy.png", "noisy"],
  ["stack.tif", "dark"],
] as const)("restore-picture finds %s to be %s, and does what helps against that", async (picture, fault) => {
  const { run, output } = await makes("restore-picture", `image=${sent(picture)}`);
  expect(output.data?.fault).toBe(fault);
  expect(run.steps?.find((step) => step.id === "mend")).toMatchObject({ state: "succeeded", branch: fault });
  const better = run.steps?.find((step) => step.id === "better");
  expect(better?.path).toBe(`mend/${fault}/better`);
  const made = await calls().getEntity(better?.output_entity ?? "");
  expect(output.data?.image).toBe(made.data?.image);
  expect(leads(await ancestorsOf(output.ecs_id), made.ecs_id, output.ecs_id)).toBe(true);
});

test("restore-picture gives back what has no fault as it came", async () => {
  const { run, output } = await makes("restore-picture", `image=${sent("photo.png")}`);
  const given = await calls().getEntity(run.input_entity);
  expect(output.data).toEqual({ fault: "none", image: given.data?.image });
  expect(run.steps?.some((step) => step.id === "better")).toBe(false);
});

test("thumbnails makes a square one of each picture, in their order", async () => {
  const pictures = ["photo.png", "micrograph.png", "stack.tif", "noisy.png"] as const;
  const { output } = await makes("thumbnails", ...pictures.map((picture) => `images=${sent(picture)}`), "edge=64");
  const { thumbnails } = z.object({ thumbnails: z.array(z.string()) }).parse(output.data);
  expect(new Set(thumbnails).size).toBe(pictures.length);
  for (const digest of thumbnails) {
    const png = Buffer.from(await calls().getFile(digest));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
  }
});

test("reviewed-count waits until somebody has looked at the mask, and counts by it then", async () => {
  const cwd = temporaryFolder();
  const begun = await cli(["run", "workflow/reviewed-count", "-i", `image=${sent("stack.tif")}`, "--detach"], cwd);
  expect(begun.exitCode, begun.stderr).toBe(0);
  const [id = ""] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(begun.stdout) ?? [];
  const stepOf = async (step: string) => (await calls().getRun(id)).steps?.find((one) => one.id === step);
  await expect.poll(async () => (await stepOf("review"))?.state, { timeout: 60_000 }).toBe("waiting");
  expect((await stepOf("review"))?.approval?.message).toMatch(/^Level \d+ makes \d+ % of the picture objects\./);
  const approved = await cli(["runs", "approve", id, "--comment", "looks good"], cwd);
  expect(approved.exitCode, approved.stderr + approved.stdout).toBe(0);
  await expect.poll(async () => (await calls().getRun(id)).state, { timeout: 60_000 }).toBe("succeeded");
  const ended = await calls().getRun(id);
  const outputs = ended.state === "succeeded" ? ended.outputs[0]?.outputs : null;
  expect(Math.abs(Number(outputs?.count) - facts()["stack.tif"].cells)).toBeLessThanOrEqual(1);
  expect((await stepOf("review"))?.approval?.answer).toMatchObject({ approved: true, comment: "looks good" });
});
