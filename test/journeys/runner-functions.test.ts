import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { pictureRegistry } from "./support/picture-registry.ts";
import { runnerPython } from "./support/runner-venv.ts";

const { cli, calls, pathOf } = pictureRegistry();
const program = promisify(execFile);
const script = fileURLToPath(new URL("support/call_directly.py", import.meta.url));
const comparison = z.object({ shape: z.array(z.int()), dtype: z.string(), equal: z.boolean(), changed: z.boolean() });
const starter = (name: string) => join(repositoryRoot, "templates", "starters", `${name}.py`);

/** What the same function gives in plain Python, compared with what a run of it saved. */
async function compared(source: string, entry: string, image: string, saved: string, inputs: object) {
  const { stdout } = await program(await runnerPython(), [
    "-B",
    script,
    source,
    entry,
    image,
    saved,
    JSON.stringify(inputs),
  ]);
  return comparison.parse(JSON.parse(stdout));
}

async function done(cwd: string, ...args: string[]): Promise<string> {
  const ran = await cli(args, cwd);
  expect(ran.exitCode, ran.stderr + ran.stdout).toBe(0);
  return ran.stdout;
}

/** Runs a function by the CLI and answers where its image was saved, and its run's id. */
async function ranOn(cwd: string, name: string, image: string, inputs: object) {
  const flags = Object.entries(inputs).flatMap(([key, value]) => ["-i", `${key}=${JSON.stringify(value)}`]);
  const told = await done(cwd, "run", name, "-i", `image=@${image}`, ...flags, "--output-dir", "out");
  const [, saved = ""] = /saved as (\S+)/.exec(told) ?? [];
  const [, runId = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(told) ?? [];
  return { saved: join(cwd, saved), runId };
}

describe.each([
  { runtime: "numpy", entry: "sharpen", inputs: { sigma: 2, amount: 1.5 } },
  { runtime: "jax", entry: "deconvolve", inputs: { sigma: 1, iterations: 3 } },
])("the $runtime starter", ({ runtime, entry, inputs }) => {
  test.each([
    { picture: "photo.png", suffix: ".png" },
    { picture: "stack.tif", suffix: ".tif" },
  ] as const)("of $picture gives what a direct call gives, in the format that it came in", async (of) => {
    const cwd = temporaryFolder();
    await done(cwd, "publish", starter(runtime));
    const { saved } = await ranOn(cwd, `${runtime}.${entry}`, pathOf(of.picture), inputs);
    expect(saved.endsWith(of.suffix)).toBe(true);
    const told = await compared(starter(runtime), entry, pathOf(of.picture), saved, inputs);
    expect(told).toMatchObject({ equal: true, changed: true });
  });
});

test("what a function raises ends its run at once, with the author's own lines", async () => {
  const cwd = temporaryFolder();
  const lines = ["@numpy", "def jrf_divide(image, by: float = 0):", "    return image // (1 / by)", ""];
  writeFileSync(join(cwd, "jrf_divide.py"), lines.join("\n"));
  await done(cwd, "publish", "jrf_divide.py");
  const ran = await cli(["run", "numpy.jrf_divide", "-i", `image=@${pathOf("photo.png")}`, "--json"], cwd);
  expect(ran.exitCode).not.toBe(0);
  const [, id = ""] = /"id": ?"([0-9a-f-]{36})"/.exec(ran.stdout) ?? [];
  const run = await calls().getRun(id);
  expect(run).toMatchObject({
    state: "failed",
    failure: { class: "permanent", code: "handler_error", attempt: 1 },
  });
  const detail = run.state === "failed" ? run.failure.detail : null;
  expect(detail).toContain('File "function.py", line 3, in jrf_divide');
  expect(detail).not.toContain("callsheet_runner");
});

test("a function waits for a runner that has what it imports, and the registry says so", async () => {
  const cwd = temporaryFolder();
  const lines = ["import cupyx", "@numpy", "def jrf_needy(image):", "    return image", ""];
  writeFileSync(join(cwd, "jrf_needy.py"), lines.join("\n"));
  await done(cwd, "publish", "jrf_needy.py");
  const photo = `image=@${pathOf("photo.png")}`;
  const told = await done(cwd, "run", "numpy.jrf_needy", "-i", photo, "--detach");
  const [id = ""] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(told) ?? [];
  await expect.poll(async () => (await cli(["why", id], cwd)).stdout, { timeout: 20_000 }).toContain("cupyx");
  await cli(["cancel", id], cwd);
});
