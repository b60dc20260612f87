import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { health } from "../../src/contract/http/registry.ts";
import { runCli } from "../cli/run-cli.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { lookUp, publish, versionedSource } from "./support/registry-calls.ts";
import { startNpm } from "./support/start-npm.ts";

async function seqOf(url: string): Promise<number | null> {
  return health.parse(await (await fetch(`${url}/healthz`)).json()).seq;
}

test("npm start serves the shipped templates, stops cleanly, and starts again on the same state", async () => {
  const stateDir = temporaryFolder();
  const env = { PORT: "0", STATE_DIR: stateDir };
  const first = startNpm(env);
  const url = await first.ready();
  for (const collection of ["templates", "functions", "agents", "workflows"]) {
    expect(first.output()).toMatch(new RegExp(`\\d+ shipped ${collection}: \\d+ new, 0 unchanged, 0 refused`));
  }
  expect((await lookUp(url, "image_generation@^1")).artifact).toMatchObject({
    name: "image_generation",
    state: "live",
  });

  const cliEnv = { CALLSHEET_STATE_DIR: stateDir };
  const listed = await runCli(["list", "--json", "--limit", "200"], { cwd: stateDir, env: cliEnv });
  expect(listed.stderr).toBe("");
  expect(cataloguePage.parse(JSON.parse(listed.stdout)).items.length).toBeGreaterThanOrEqual(10);

  const adminToken = readFileSync(join(stateDir, "admin-token"), "utf8").trim();
  const { digest } = await publish({ url, adminToken }, versionedSource("kept_over_restart", "1.0.0"));
  const seq = await seqOf(url);

  first.send("SIGTERM");
  expect(await first.exitCode).toBe(0);
  expect(first.processes()).toEqual([]);
  expect((await runCli(["list"], { cwd: stateDir, env: cliEnv })).exitCode).not.toBe(0);

  const second = startNpm(env);
  const again = await second.ready();
  expect(second.output()).toMatch(/shipped templates: 0 new, \d+ unchanged, 0 refused/);
  expect(await seqOf(again)).toBe(seq);
  expect((await lookUp(again, "kept_over_restart")).artifact?.digest).toBe(digest);
  expect((await lookUp(again, "image_generation@^1")).status).toBe(200);
  second.send("SIGINT");
  expect(await second.exitCode).toBe(0);
  expect(second.processes()).toEqual([]);
});

test("npm start comes back after all its processes were killed", async () => {
  const env = { PORT: "0", STATE_DIR: temporaryFolder() };
  const first = startNpm(env);
  const seq = await seqOf(await first.ready());
  first.sendToAll("SIGKILL");
  await first.exitCode;
  const second = startNpm(env);
  expect(await seqOf(await second.ready())).toBe(seq);
  expect(second.output()).toMatch(/shipped templates: 0 new/);
});

test("npm start says so when the port is taken, and when another registry uses the state folder", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const address = other.address();
  const port = String(typeof address === "object" && address !== null ? address.port : 0);
  const stateDir = temporaryFolder();
  const taken = startNpm({ PORT: port, STATE_DIR: stateDir });
  expect(await taken.exitCode).toBe(1);
  other.close();
  expect(taken.output()).toContain(`port ${port} on 127.0.0.1 is taken by another program`);
  expect(taken.output()).toContain("PORT=");

  const running = startNpm({ PORT: "0", STATE_DIR: stateDir });
  const url = await running.ready();
  const refused = startNpm({ PORT: "0", STATE_DIR: stateDir });
  expect(await refused.exitCode).toBe(1);
  expect(refused.output()).toContain(`the state folder ${stateDir} is used by another registry`);
  expect((await lookUp(url, "image_generation@^1")).status).toBe(200);
});

test("npm start refuses a PORT that is no port", async () => {
  const started = startNpm({ PORT: "http", STATE_DIR: temporaryFolder() });
  expect(await started.exitCode).toBe(1);
  expect(started.output()).toContain('PORT is "http"');
});
