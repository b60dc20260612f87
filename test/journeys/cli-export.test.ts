import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";

const first = cliRegistry();
const second = cliRegistry();

const workflow = `metadata: { id: jce-flow, name: Flow, version: 1.0.0, description: d }
steps: [{ id: a, skill: b }]
`;

test("an export is imported elsewhere as it was, twice as well as once", async () => {
  const cwd = temporaryFolder({
    "t.yaml": templateSource("jce_template", "1.0.0"),
    "flow.yaml": workflow,
    "say.py": "def jce_say(text: str) -> str:\n    return text\n",
    "weights.bin": "weights",
  });
  await first.json(["publish", "."], cwd);
  await first.json(["tag", "set", "workflow/jce-flow", "v1", "1.0.0"], cwd);
  await first.json(["deprecate", "jce_template@1.0.0", "--message", "old"], cwd);
  await first.json(["push", "weights.bin", "models/jce:1.0"], cwd);
  const saved = await first.json(["export", "-o", "all.tar"], cwd);
  expect(saved).toMatchObject({ path: "all.tar", size_bytes: readFileSync(join(cwd, "all.tar")).byteLength });
  expect((await first.cli(["export", "-o", "all.tar"], cwd)).exitCode).toBe(4);

  const imported = await second.cli(["import", "all.tar"], cwd);
  expect(imported.exitCode).toBe(0);
  expect(imported.stdout).toMatch(/^WHAT +NEW +UNCHANGED +REJECTED\n/);
  expect(imported.stdout).toMatch(/^versions of workflows\/ +1 +0 +0$/m);
  expect(imported.stdout).toMatch(/^manifests of models\/jce +1 +0 +0$/m);
  expect(await second.json(["import", "all.tar"], cwd)).toMatchObject({ counts: { created: 0, rejected: 0 } });

  for (const reference of ["jce_template", "workflow/jce-flow@v1", "python.jce_say"]) {
    const [here, there] = [await first.json(["show", reference], cwd), await second.json(["show", reference], cwd)];
    const { kind, name, version, digest, state, document } = Object(here);
    expect(there, reference).toMatchObject({ kind, name, version, digest, state, document });
  }
  await second.json(["pull", "models/jce:1.0", "-o", "out"], cwd);
  expect(readFileSync(join(cwd, "out", "weights.bin"), "utf8")).toBe("weights");
});

test("a part is exported by name, kind or repository, and goes through pipes", async () => {
  const cwd = temporaryFolder({ "flow.yaml": workflow.replaceAll("jce-flow", "jce-part"), "weights.bin": "part" });
  await first.json(["publish", "flow.yaml"], cwd);
  await first.json(["push", "weights.bin", "models/jce-part:1.0"], cwd);
  const bin = fileURLToPath(new URL("../../bin/callsheet.mjs", import.meta.url));
  const piped = (args: readonly string[], env: Record<string, string>, input?: Uint8Array) =>
    spawnSync(process.execPath, [bin, ...args], { cwd, input, env: { PATH: process.env.PATH, HOME: cwd, ...env } });
  const tar = piped(["export", "workflow/jce-part", "-o", "-"], first.env());
  expect(tar.status, tar.stderr.toString()).toBe(0);
  const taken = piped(["import", "-", "--json"], second.env(), tar.stdout);
  expect(taken.status, taken.stderr.toString()).toBe(0);
  expect(JSON.parse(taken.stdout.toString())).toMatchObject({
    results: [{ what: "version", repository: "workflows/jce-part", version: "1.0.0", status: "created" }],
  });
  await first.json(["export", "--repository", "models/jce-part", "-o", "repository.tar"], cwd);
  expect(await second.json(["import", "repository.tar"], cwd)).toMatchObject({
    results: [{ repository: "models/jce-part", tags: ["1.0"], status: "created" }],
  });
  expect((await first.cli(["export", "workflow/jce-nowhere"], cwd)).exitCode).toBe(3);
});

test("what is no archive, or half of one, is refused and leaves nothing", async () => {
  const cwd = temporaryFolder({ "flow.yaml": workflow.replaceAll("jce-flow", "jce-cut"), "text.tar": "no archive" });
  await first.json(["publish", "flow.yaml"], cwd);
  await first.json(["export", "workflow/jce-cut", "-o", "cut.tar"], cwd);
  writeFileSync(join(cwd, "cut.tar"), readFileSync(join(cwd, "cut.tar")).subarray(0, 2048));
  for (const file of ["text.tar", "cut.tar"]) {
    const run = await second.cli(["import", file], cwd);
    expect(run.exitCode, file).toBe(1);
    expect(run.stderr).toContain("error  ");
  }
  expect((await second.cli(["show", "workflow/jce-cut"], cwd)).exitCode).toBe(3);
  expect(await second.json(["import", "cut.tar", "--token", "wrong"], cwd, 5)).toMatchObject({
    failure: { code: "UNAUTHENTICATED" },
  });
});
