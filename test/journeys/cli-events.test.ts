import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { startRegistry } from "../../scripts/local-registry.ts";
import { changeEvent } from "../../src/contract/announcement/change-event.ts";
import { runCli } from "../cli/run-cli.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";

const registry = cliRegistry();
const bundle = frozenBundle();
const bin = fileURLToPath(new URL("../../bin/callsheet.mjs", import.meta.url));

function startEvents(args: string[], env: Record<string, string>) {
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [bin, "events", ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: "1", ...env },
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (said.out += piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (said.err += piece));
  const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    child,
    exitCode,
    said,
    sees: (what: keyof typeof said, part: string) =>
      vi.waitFor(() => expect(said[what]).toContain(part), { timeout: 30_000 }),
  };
}

async function publish(url: string, token: string, name: string, version: string): Promise<void> {
  const response = await fetch(`${url}/v1/templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/yaml" },
    body: templateSource(name, version),
  });
  expect(response.status, await response.text()).toBe(201);
}

test("events tells what happened, page by page, to people and to programs", async () => {
  const { CALLSHEET_URL: url = "", CALLSHEET_TOKEN: token = "" } = registry.env();
  for (const version of ["1.0.0", "1.0.1", "1.0.2"]) await publish(url, token, "jce_listed", version);
  const cwd = temporaryFolder();
  await registry.cli(["tag", "set", "jce_listed", "stable", "1.0.1"], cwd);
  const env = { ...registry.env(), NO_COLOR: "1" };
  const told = await runCli(["events", "--name", "templates/jce_*"], { cwd, env });
  expect([told.exitCode, told.stderr]).toEqual([0, ""]);
  const lines = told.stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(
    /^ +\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}version\.published {3}templates\/jce_listed@1\.0\.0 {2}latest: → 1\.0\.0 {2}by admin$/,
  );
  expect(lines[3]).toMatch(/tag\.moved {11}templates\/jce_listed@1\.0\.1 {2}stable: → 1\.0\.1 {2}by admin$/);
  const json = await runCli(["events", "--name", "templates/jce_*", "--type", "version.published", "--json"], {
    cwd,
    env,
  });
  const changes = json.stdout
    .trimEnd()
    .split("\n")
    .map((line) => changeEvent.parse(JSON.parse(line)));
  expect(changes.map(({ version }) => version)).toEqual(["1.0.0", "1.0.1", "1.0.2"]);
  const later = await runCli(["events", "--since", String(changes[1]?.seq), "--name", "templates/jce_*", "--json"], {
    cwd,
    env,
  });
  expect(later.stdout.trimEnd().split("\n")).toHaveLength(2);
  const none = await runCli(["events", "--name", "agents/none"], { cwd, env });
  expect([none.exitCode, none.stdout, none.stderr]).toEqual([0, "", "nothing changed; --follow waits for what does\n"]);
  const wrong = await runCli(["events", "--type", "tag.move"], { cwd, env });
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining("did you mean tag.moved?")]);
});

test("events --follow tells each change once while the registry restarts, and ends cleanly", async () => {
  const { scriptPath } = bundle;
  const stateDir = bundle.stateDir("followed");
  const first = await startRegistry({ scriptPath, stateDir, port: 0, vars: { RATE_LIMITS: "off" } });
  const { port } = new URL(first.url);
  const { adminToken: token } = first;
  const env = { CALLSHEET_URL: first.url, CALLSHEET_TOKEN: token };
  const people = startEvents(["--follow"], env);
  const program = startEvents(["--follow", "--json", "--name", "templates/jcf_*", "--since", "0"], env);
  await people.sees("err", "listening to");
  await program.sees("err", "listening to");
  const wanted: string[] = [];
  const publishSome = async (url: string, from: number) => {
    for (let at = from; at < from + 10; at++) {
      await publish(url, token, "jcf_followed", `1.0.${at}`);
      wanted.push(`1.0.${at}`);
    }
  };
  await publishSome(first.url, 0);
  await first.stop();
  const second = await startRegistry({
    scriptPath,
    stateDir,
    port: Number(port),
    adminToken: token,
    vars: { RATE_LIMITS: "off" },
  });
  onTestFinished(() => second.stop());
  await publishSome(second.url, 10);
  await people.sees("out", "jcf_followed@1.0.19");
  await program.sees("out", '"1.0.19"');
  await people.sees("err", "answers again");
  for (const listener of [people, program]) listener.child.kill("SIGINT");
  expect([await people.exitCode, await program.exitCode]).toEqual([0, 0]);
  const told = program.said.out
    .trimEnd()
    .split("\n")
    .map((line) => changeEvent.parse(JSON.parse(line)));
  expect(told.map(({ version }) => version)).toEqual(wanted);
  expect([...people.said.out.matchAll(/jcf_followed@(\S+)/g)].map(([, version]) => version)).toEqual(wanted);
}, 120_000);
