import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Entity } from "../../src/contract/entity/entity.ts";
import { lineage } from "../../src/contract/entity/lineage.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { type Measures, type Picture, pictureRegistry } from "./support/picture-registry.ts";

const { calls, facts, runner, pathOf, cli, measured } = pictureRegistry();
const pictures: Picture[] = ["photo.png", "micrograph.png", "stack.tif"];

interface Made {
  runId: string;
  output: Entity;
  /** The one file among the outputs, where the CLI saved it. */
  path: string;
}

/** Runs a template by the CLI as people do, and reads off its answer what it made. */
async function makes(template: string, image: string, ...inputs: string[]): Promise<Made> {
  const cwd = temporaryFolder();
  const flags = [`image=${image}`, ...inputs].flatMap((input) => ["-i", input]);
  const ran = await cli(["run", template, ...flags, "--output-dir", "out"], cwd);
  expect(ran.exitCode, ran.stderr + ran.stdout).toBe(0);
  expect(ran.stdout).toMatch(new RegExp(`^succeeded  ${template} \\S+  in .* on pictures`));
  const [, entity = ""] = /^output {2}@([0-9a-f-]{36})$/m.exec(ran.stdout) ?? [];
  const [, runId = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(ran.stdout) ?? [];
  const [, path = ""] = /saved as (\S+)/.exec(ran.stdout) ?? [];
  return { runId, output: await calls().getEntity(entity), path: join(cwd, path) };
}

async function measureOf(path: string): Promise<Measures> {
  const [found] = await measured([path]);
  if (found === undefined) throw new Error(`${path} was not measured`);
  return found;
}

const sent = (picture: Parameters<typeof pathOf>[0]) => `@${pathOf(picture)}`;

test("the runner offers every shipped handler that needs no GPU", () => {
  expect(runner().handlers).toEqual(
    expect.arrayContaining(["image_denoise", "image_resize", "image_segment", "image_threshold"]),
  );
});

describe.each(pictures)("of %s", (picture) => {
  test("image_resize makes a PNG of the size that was asked for", async () => {
    const { output, path } = await makes("image_resize", sent(picture), "width=256");
    const { width, height } = facts()[picture];
    const resized = { width: 256, height: Math.round((256 * height) / width) };
    expect(output.data).toMatchObject(resized);
    const [before, after] = await measured([pathOf(picture), path]);
    expect(after).toMatchObject({ format: "PNG", bits: before?.bits, ...resized });
    // It is the same picture: as bright as before.
    expect(after?.mean).toBeCloseTo(before?.mean ?? 0, 2);
  });

  test("image_threshold makes a mask in black and white, whose share of white it tells", async () => {
    const { output, path } = await makes("image_threshold", sent(picture));
    const { width, height } = facts()[picture];
    const mask = await measureOf(path);
    expect(mask).toMatchObject({ format: "PNG", bits: 8, width, height, values: 2, least: 0, greatest: 255 });
    expect(mask.mean).toBeCloseTo(Number(output.data?.foreground_share), 5);
    expect(mask.mean).toBeGreaterThan(0.02);
    expect(mask.mean).toBeLessThan(0.98);
  });

  test("image_denoising makes a picture of the same size and depth with less noise, as it tells", async () => {
    const { output, path } = await makes("image_denoising", sent(picture));
    const [before, after] = await measured([pathOf(picture), path]);
    expect(after).toMatchObject({ format: "PNG", bits: before?.bits, ...sizeOf(picture) });
    expect(Number(output.data?.noise_after)).toBeLessThan(Number(output.data?.noise_before));
    expect(after?.mean).toBeCloseTo(before?.mean ?? 0, 1);
  });

  test("image_segmentation numbers the objects without gaps, and describes each of them", async () => {
    const { output, path } = await makes("image_segmentation", sent(picture), "smoothing=1");
    const { count, objects } = segments.parse(output.data);
    const numbered = await measureOf(path);
    expect(numbered).toMatchObject({ format: "PNG", bits: 16, ...sizeOf(picture), least: 0, greatest: count });
    expect(numbered.values).toBe(count + 1);
    expect(objects.map(({ label }) => label)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
    const area = objects.reduce((sum, object) => sum + object.area, 0);
    expect(area / (numbered.width * numbered.height)).toBeCloseTo(numbered.aboveLeast, 6);
    for (const { centroid, box } of objects) {
      const [x = 0, y = 0] = centroid;
      const [left = 0, top = 0, wide = 0, tall = 0] = box;
      expect([x >= left, x <= left + wide, y >= top, y <= top + tall]).toEqual([true, true, true, true]);
    }
  });
});

const segments = z.object({
  count: z.int().positive(),
  objects: z.array(
    z.object({ label: z.int(), area: z.int(), centroid: z.array(z.number()), box: z.array(z.number()) }),
  ),
});

function sizeOf(picture: Picture): { width: number; height: number } {
  const { width, height } = facts()[picture];
  return { width, height };
}

test.each(["median", "mean", "gaussian"])(
  "the %s filter brings a noisy photograph nearer to the clean one",
  async (method) => {
    const { path } = await makes("image_denoising", sent("noisy.png"), `method=${method}`);
    const [, before, after] = await measured([pathOf("photo.png"), pathOf("noisy.png"), path]);
    console.log(`distance from the clean photograph: ${before?.fromFirst}, after ${method} ${after?.fromFirst}`);
    expect(after?.fromFirst).toBeLessThan((before?.fromFirst ?? 0) * 0.75);
  },
);

test("the cells of a stack are counted as they were drawn, also after another run has denoised it", async () => {
  const { cells } = facts()["stack.tif"];
  const plain = await makes("image_segmentation", sent("stack.tif"));
  const denoised = await makes("image_denoising", sent("stack.tif"), "method=gaussian", "radius=2");
  const counted = await makes("image_segmentation", `@${denoised.output.ecs_id}.image`);
  const counts = [plain, counted].map(({ output }) => Number(output.data?.count));
  console.log(`cells drawn: ${cells}; found: ${counts.join(", and when denoised ")}`);
  for (const count of counts) expect(Math.abs(count - cells)).toBeLessThanOrEqual(1);
});

test("the lineage of a chained run goes through both runs to the file that was sent", async () => {
  const denoised = await makes("image_denoising", sent("stack.tif"));
  const counted = await makes("image_segmentation", `@${denoised.output.ecs_id}.image`);
  const asked = await cli(["entities", "lineage", counted.output.ecs_id, "--json"], temporaryFolder());
  expect(asked.exitCode).toBe(0);
  const graph = lineage.parse(JSON.parse(asked.stdout));
  const [first, second] = [await calls().getRun(denoised.runId), await calls().getRun(counted.runId)];
  expect(graph.truncated).toBe(false);
  expect(new Set(graph.entities.map(({ ecs_id }) => ecs_id))).toEqual(
    new Set([counted.output.ecs_id, second.input_entity, denoised.output.ecs_id, first.input_entity]),
  );
  expect(new Set(graph.runs.map(({ id }) => id))).toEqual(new Set([first.id, second.id]));
  expect(graph.edges).toContainEqual({
    from: denoised.output.ecs_id,
    to: second.input_entity,
    how: "borrowed",
    from_path: "/image",
    to_path: "/image",
    run_id: null,
  });
  const source = `@${denoised.output.ecs_id}.image`;
  const input = await calls().getEntity(second.input_entity);
  expect(input.attribute_source.image).toBe(source);
  expect(input.data?.image).toBe(denoised.output.data?.image);
  // What was sent is where it all began.
  const begun = await calls().getEntity(first.input_entity);
  expect(begun.attribute_source.image).toBeNull();
  const stack = await calls().getFile(String(begun.data?.image));
  expect(stack.subarray(0, 2)).toEqual(new Uint8Array([0x49, 0x49]));
});

test("a run that is replayed gives the same bytes", async () => {
  const { runId, output } = await makes("image_denoising", sent("photo.png"));
  const replayed = await cli(["runs", "replay", runId], temporaryFolder());
  expect(replayed.exitCode, replayed.stderr + replayed.stdout).toBe(0);
  expect(replayed.stdout).toContain("equal  the outputs are those of run");
  expect(replayed.stdout).toContain(String(output.data?.image));
});

test("what is no picture is refused before anything runs, with status 1", async () => {
  const refused = await cli(["run", "image_threshold", "-i", `image=${sent("words.txt")}`], temporaryFolder());
  expect(refused.exitCode, refused.stderr).toBe(1);
  expect(refused.stdout).toBe("");
  expect(refused.stderr).toContain("image");
  expect(refused.stderr).toContain("the file is text/plain; taken are image/png, image/jpeg, image/tiff");
});

test.each([
  ["words.png", "image is neither PNG, JPEG nor TIFF; it begins with the bytes"],
  ["half.png", "image is a broken PNG file"],
] as const)(
  "%s, which only looks like a picture, fails its run at once, with status 8 and the reason",
  async (picture, reason) => {
    const failed = await cli(["run", "image_threshold", "-i", `image=${sent(picture)}`], temporaryFolder());
    expect(failed.exitCode, failed.stderr).toBe(8);
    expect(failed.stdout).toMatch(/^failed {2}image_threshold/);
    expect(failed.stdout).toContain(reason);
    const [, runId = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(failed.stdout) ?? [];
    // There is a second attempt for what may pass; this never does.
    expect(await calls().getRun(runId)).toMatchObject({
      state: "failed",
      attempt: 1,
      max_attempts: 2,
      failure: { class: "validation" },
    });
  },
);
