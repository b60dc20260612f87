import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { pictureRegistry } from "./support/picture-registry.ts";

const { cli, pathOf, facts, measured } = pictureRegistry();

test("a function that was just begun is published and run on a real image, and its output is saved", async () => {
  const cwd = temporaryFolder();
  const done = async (...args: string[]) => {
    const run = await cli(args, cwd);
    expect(run.exitCode, run.stderr + run.stdout).toBe(0);
    return run.stdout;
  };
  await done("functions", "new", "--memory-type", "numpy", "--name", "jcr_sharpen");
  await done("publish", "jcr_sharpen.py");
  const photo = pathOf("photo.png");
  const told = await done(
    "run",
    "numpy.jcr_sharpen",
    "-i",
    `image=@${photo}`,
    "-i",
    "amount=1.5",
    "--watch",
    "-o",
    "out",
  );
  expect(told).toMatch(/^succeeded {2}numpy\.jcr_sharpen 1\.0\.0 {2}in .* on pictures/);
  const [, saved = ""] = /saved as (\S+)/.exec(told) ?? [];
  expect(saved).toBe(join("out", "image.png"));
  const [before, after] = await measured([photo, join(cwd, saved)]);
  const { width, height } = facts()["photo.png"];
  expect(after).toMatchObject({ format: "PNG", width, height, bits: before?.bits });
  // Sharper, but as bright as before.
  expect(after?.mean).toBeCloseTo(before?.mean ?? 0, 1);
  expect(after?.fromFirst).not.toBe(0);
});
