import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { file } from "../../src/contract/file/file.ts";
import { run } from "../../src/contract/run/run.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { lookUp } from "./support/registry-calls.ts";
import { runnerPython } from "./support/runner-venv.ts";
import { startNpm } from "./support/start-npm.ts";

const seconds = 1000;
/** Starting takes a registry, then a runner. */
const startMs = 90 * seconds;

/** A grey picture of 2 x 1 pixels, 10 and 200, as PNG. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVQImWPgOgEAAN8A01MqPP4AAAAASUVORK5CYII=",
  "base64",
);

// Made before the clock of a test runs.
beforeAll(runnerPython, 600 * seconds);

test(
  "npm start brings a runner that does the shipped templates, comes back when it was killed, and stops with the registry",
  async () => {
    const stateDir = temporaryFolder();
    const started = startNpm({ PORT: "0", STATE_DIR: stateDir, RUNNER: "on" });
    const url = await started.ready();
    const timesReady = () => started.output().match(/^runner ready$/gm)?.length ?? 0;
    const runners = () => started.processes().filter((one) => one.command.startsWith("python"));
    await vi.waitUntil(() => timesReady() === 1, { timeout: startMs, interval: 100 });
    expect(started.output()).toMatch(
      /^runner {5}local: 2 slots, image_denoise, image_resize, image_segment, image_threshold, sandbox (bubblewrap|none)$/m,
    );
    expect(await thresholdOf(url, stateDir)).toMatchObject({ mask: expect.any(String), foreground_share: 0.5 });

    const [first] = runners();
    process.kill(first?.pid ?? Number.NaN, "SIGKILL");
    await vi.waitUntil(() => timesReady() === 2, { timeout: startMs, interval: 100 });
    expect(started.output()).toMatch(/^runner {5}ended \(killed\)/m);
    expect(await thresholdOf(url, stateDir)).toMatchObject({ foreground_share: 0.5 });

    started.send("SIGTERM");
    expect(await started.exitCode).toBe(0);
    expect(started.processes()).toEqual([]);
    expect(readFileSync(join(stateDir, "runner.log"), "utf8")).toContain('"event": "stopped"');
  },
  4 * startMs,
);

test("the runner ends with a registry that was killed", { timeout: 2 * startMs }, async () => {
  const started = startNpm({ PORT: "0", STATE_DIR: temporaryFolder(), RUNNER: "on" });
  await vi.waitUntil(() => started.output().includes("runner ready"), { timeout: startMs, interval: 100 });
  const runner = started.processes().find((one) => one.command.startsWith("python"));
  process.kill(runner?.parent ?? Number.NaN, "SIGKILL");
  await vi.waitUntil(() => started.processes().every((one) => !one.command.startsWith("python")), {
    timeout: startMs,
    interval: 100,
  });
});

test("without Python the registry serves, and says what to install", async () => {
  const stateDir = temporaryFolder();
  const started = startNpm({ PORT: "0", STATE_DIR: stateDir, RUNNER: "on", PATH: "/nonexistent" });
  const url = await started.ready();
  await vi.waitUntil(() => started.output().includes("runner     none"), { timeout: startMs, interval: 100 });
  expect(started.output()).toContain(
    "runner     none: Python 3.11 or newer is needed, and there is none; install it, or name it: PYTHON=/path/to/python3 npm start",
  );
  expect((await lookUp(url, "image_resize")).status).toBe(200);
  started.send("SIGTERM");
  expect(await started.exitCode).toBe(0);
});

test("RUNNER=off leaves the runner out, and what is neither on nor off is refused", async () => {
  const stateDir = temporaryFolder();
  const started = startNpm({ PORT: "0", STATE_DIR: stateDir, RUNNER: "off" });
  await started.ready();
  started.send("SIGTERM");
  expect(await started.exitCode).toBe(0);
  expect(started.output()).not.toMatch(/^runner/m);
  expect(existsSync(join(stateDir, "runner.log"))).toBe(false);
  const refused = startNpm({ PORT: "0", STATE_DIR: stateDir, RUNNER: "maybe" });
  expect(await refused.exitCode).toBe(1);
  expect(refused.output()).toContain('RUNNER is "maybe"; it must be on or off');
});

/** Outputs of a run of image_threshold on the picture. */
async function thresholdOf(url: string, stateDir: string): Promise<Record<string, unknown> | null | undefined> {
  const adminToken = readFileSync(join(stateDir, "admin-token"), "utf8").trim();
  const authorization = `Bearer ${adminToken}`;
  const sent = await fetch(`${url}/v1/files`, {
    method: "POST",
    headers: { authorization, "content-type": "image/png" },
    body: new Uint8Array(picture),
  });
  const { digest } = file.parse(await sent.json());
  const answer = await fetch(`${url}/v1/templates/image_threshold/runs`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json", prefer: "wait=60" },
    body: JSON.stringify({ inputs: { image: digest } }),
  });
  const ended = run.parse(await answer.json());
  if (ended.state !== "succeeded") throw new Error(`the run is ${JSON.stringify(ended)}`);
  return ended.outputs[0]?.outputs;
}
