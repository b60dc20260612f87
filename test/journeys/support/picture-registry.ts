import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import { registerShipped } from "../../../scripts/local/register-shipped.ts";
import { type CliRun, runCli } from "../../cli/run-cli.ts";
import { pathWithBubblewrap } from "./bubblewrap.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { type RunCalls, runCalls } from "./run-calls.ts";
import { runnerCommand, runnerPython } from "./runner-venv.ts";
import { type KillableRegistry, spawnRegistry } from "./spawn-registry.ts";
import { type KillableRunner, spawnRunner } from "./spawn-runner.ts";

const program = promisify(execFile);
const size = { width: z.int(), height: z.int() };
const facts = z.object({
  "photo.png": z.object(size),
  "micrograph.png": z.object(size),
  "stack.tif": z.object({ ...size, cells: z.int() }),
});
const measures = z.array(
  z.object({
    format: z.string(),
    ...size,
    bits: z.int(),
    mean: z.number(),
    values: z.int(),
    least: z.int().nullable(),
    greatest: z.int().nullable(),
    aboveLeast: z.number(),
    fromFirst: z.number().nullable(),
  }),
);
const connected = z.object({ event: z.literal("connected"), handlers: z.array(z.string()), sandbox: z.string() });

export type Picture = keyof z.infer<typeof facts>;
export type Measures = z.infer<typeof measures>[number];

/** A registry with all that ships, a real runner with the shipped handlers, and pictures to work on. */
export interface PictureRegistry {
  calls(): RunCalls;
  /** What is known of the pictures. */
  facts(): z.infer<typeof facts>;
  /** Where a picture lies. */
  pathOf(picture: Picture | "noisy.png" | "words.txt" | "words.png" | "half.png"): string;
  cli(args: readonly string[], cwd: string): Promise<CliRun>;
  /** Opens pictures with Pillow and tifffile, and measures them; `fromFirst` is how far each is from the first of them. */
  measured(paths: readonly string[]): Promise<Measures[]>;
  runner(): z.infer<typeof connected>;
}

/** Starts all of it, each as processes of its own, before the tests of a file, and stops it after them. */
export function pictureRegistry(): PictureRegistry {
  const bundle = frozenBundle();
  let registry: KillableRegistry | undefined;
  let runner: KillableRunner | undefined;
  let python = "";
  let known: z.infer<typeof facts> | undefined;
  let said: z.infer<typeof connected> | undefined;
  const folder = bundle.stateDir("pictures");
  const script = async (name: string, args: readonly string[]): Promise<unknown> =>
    JSON.parse((await program(python, [fileURLToPath(new URL(name, import.meta.url)), ...args])).stdout);

  beforeAll(async () => {
    const runnerToken = "token-of-the-picture-runner";
    registry = await spawnRegistry(bundle.stateDir("state"), bundle.scriptPath, {
      vars: { CALLSHEET_RUNNER_TOKEN: runnerToken },
    });
    console.log(await registerShipped(registry.url, registry.adminToken));
    runner = spawnRunner(await runnerCommand(), {
      url: registry.url,
      token: runnerToken,
      name: "pictures",
      workDir: bundle.stateDir("runner"),
      flags: ["--log", "json"],
      path: await pathWithBubblewrap(),
    });
    python = await runnerPython();
    mkdirSync(folder);
    known = facts.parse(await script("make_pictures.py", [folder]));
    said = await untilConnected(runner);
    console.log(`runner with ${said.handlers.join(", ")}; sandbox ${said.sandbox}`);
  }, 180_000);
  afterAll(async () => {
    await runner?.kill();
    await registry?.kill();
  });

  return {
    calls: () => runCalls(registry?.url ?? "", registry?.adminToken ?? ""),
    facts: () => there(known),
    runner: () => there(said),
    pathOf: (picture) => join(folder, picture),
    cli: (args, cwd) =>
      runCli(args, { cwd, env: { CALLSHEET_URL: registry?.url ?? "", CALLSHEET_TOKEN: registry?.adminToken ?? "" } }),
    measured: async (paths) => measures.parse(await script("measure_pictures.py", paths)),
  };
}

/** What it offers, as its log tells. */
async function untilConnected(runner: KillableRunner): Promise<z.infer<typeof connected>> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    for (const line of runner.output().split("\n").slice(0, -1)) {
      const found = connected.safeParse(line.startsWith("{") ? JSON.parse(line) : null);
      if (found.success) return found.data;
    }
    if (performance.now() > deadline) throw new Error(`the runner does not connect:\n${runner.output()}`);
    await pause(50);
  }
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("this is known only after the registry has started");
  return value;
}
