import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { runCli } from "./run-cli.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const base = `template:
  id: base_generation
  version: 1.0.0
  description: What all generators share.
  abstract: true
  interface:
    inputs:
      prompt: { type: string, required: true }
    outputs:
      image: { type: file }
  requirements:
    resources: {}
`;
const child = `template:
  id: image_generation
  version: 1.0.0
  name: Image generation
  description: Makes an image.
  extends: base_generation@^1
`;

describe("callsheet", () => {
  test("tells its version and its commands", async () => {
    const cwd = temporaryFolder();
    const version = await runCli(["--version"], { cwd });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await runCli(["--help"], { cwd });
    expect(help.exitCode).toBe(0);
    for (const { name } of allCommands()) expect(help.stdout).toMatch(new RegExp(`^  ${name.split(" ")[0]}[ |]`, "m"));
  });

  test.each(allCommands())("$name tells an example of itself", ({ name, command }) => {
    const told: string[] = [];
    command.configureOutput({ writeOut: (text) => void told.push(text) }).outputHelp();
    expect(told.join("")).toContain(`  $ callsheet ${name}`);
  });

  test.each([
    [["lst"], "Did you mean list?"],
    [["show"], "missing required argument 'reference'"],
    [["list", "--bogus"], "unknown option '--bogus'"],
    [["list", "--min-seq", "x"], "It is a whole number"],
    [["show", ".."], "cannot stand in a path"],
    [["list", "--limit", "many"], "limit: a whole number in decimal digits"],
    [["yank", "abc"], "abc: say which version, like abc@1.2.0"],
    [["delete", "abc@1.0.0"], "--yes"],
    [["deprecate", "abc@1.0.0", "--sunset", "tomorrow"], "give a day or a time in UTC"],
    [["validate", "nowhere.yaml"], "nowhere.yaml does not exist"],
    [["validate", "workflow/code-generation"], "`callsheet run workflow/code-generation -i … --dry-run`"],
    [["validate", "."], "no document and no source in ."],
    [["list", "--url", "here"], '"here" is no registry URL'],
    [["runs", "shwo"], "did you mean `callsheet runs show`?"],
    [["runs", "2a6b1c0d"], "did you mean `callsheet runs show 2a6b1c0d`?"],
    [["entities", "nonsense"], "there are list, show"],
    [["runs", "show", "image_resize"], '"image_resize" is no run id'],
    [["run", "abc", "--priority", "high"], "It is a whole number"],
    [["run", "abc", "--wait", "--detach"], "cannot be used with"],
    [["run", "abc", "--label", "team"], "write key=value, like --label team=vision"],
    [["files", "get", "photo.png"], "sha256: followed by 64 hex digits"],
    [["entities", "value", "photo.png"], "is no address; write @UUID"],
    [["entities", "create"], "there is no data"],
    [["publish", ".", "--version", "1.0"], "--version 1.0: a version is MAJOR.MINOR.PATCH"],
    [["list", "--version", "1.0.0"], "`callsheet list` takes no version"],
    [["show", "workflo/abc"], "before the / stands one of template, function, workflow, agent"],
    [["yank", "code-generation@1.0.0"], "say workflow/code-generation or agent/code-generation"],
    [["schema", "agent/abc"], "agents have no interface; `callsheet show agent/abc` shows what this one is"],
    [["compare", "agents/abc", "1.0.0"], "agents have no interface"],
    [["run", "agent/abc"], "only what has an interface runs"],
    [["openapi", "agents/abc"], "agents have no interface"],
    [["workflows", "grpah"], "did you mean `callsheet workflows graph`?"],
    [["workflows", "code-generation"], "did you mean `callsheet workflows show code-generation`?"],
    [["workflows", "check", "nowhere.yaml"], "nowhere.yaml does not exist"],
    [["workflows", "check", "."], "no document and no source in ."],
    [["workflows", "graph", "Code Generation"], "is no workflow's name"],
    [["workflows", "graph", "nowhere.yaml"], "nowhere.yaml cannot be read"],
    [["runs", "approve", "code-generation"], '"code-generation" is no run id'],
    [["runs", "retry", "2a6b1c0d", "--wait", "--detach"], "cannot be used with"],
    [["runs", "steps", "2a6b1c0d", "--state", "done"], "There are running, waiting, succeeded"],
    [["runs", "--kind", "job"], "There are template, function, workflow, agent"],
    [["list", "workers"], "There are template, function, workflow, agent"],
    [["list", "agents", "--kind", "workflow"], "Say one"],
    [["push"], "say which file, or which folder with --dir"],
    [["push", "nowhere.bin", "models/x"], "nowhere.bin does not exist"],
    [["push", "--dir", "nowhere"], "nowhere does not exist; give the folder that holds the documents"],
    [["push", "--dir", ".", "x.yaml"], "Say one"],
    [["push", "x.yaml", "--tag", "v1"], "--tag is for --dir"],
    [["push", "x.bin", "models/x", "--annotation", "license"], "write key=value, like --annotation"],
    [["pull", "Models/x"], "a repository's name is made of components"],
    [["pull", "localhost:8787/workflows/x:v1"], "leave the registry out and say workflows/x:v1"],
    [["pull", "models/x@sha256:1"], "after @ stands a digest, sha256:… whole"],
    [["skills", "plan", "--label", "team"], "write key:value, like --label team:vision"],
    [["export", "workflow/abc@^1"], "all versions are exported; leave out @^1"],
    [["export", "workflow/abc", "--repository", "models/x"], "Say one"],
    [["import", "nowhere.tar"], "nowhere.tar does not exist"],
    [["import", "."], "is no file; give a tar"],
    [["functions", "shwo"], "did you mean `callsheet functions show`?"],
    [["functions", "numpy.sharpen"], "did you mean `callsheet functions show numpy.sharpen`?"],
    [["functions", "show", "sharpen"], "a function is named {runtime}.{name}, like numpy.sharpen"],
    [["functions", "delete", "numpy.sharpen@^1"], '"^1" is no exact version'],
    [["functions", "new", "--memory-type", "numpi"], "Allowed choices are numpy, cupy"],
    [["functions", "new", "--memory-type", "numpy", "filter.ts"], "goes into a file that ends with .py"],
    [["functions", "new", "--memory-type", "numpy", "--name", "Even--Light"], "how about even_light?"],
    [["functions", "check", "nowhere.py"], "nowhere.py does not exist"],
    [["functions", "check", "."], "no source in ."],
    [["functions", "import"], "say which folder"],
    [["functions", "import", "nowhere"], "nowhere does not exist"],
    [["tokens", "lst"], "did you mean `callsheet tokens list`?"],
    [["tokens", "create", "ci"], "required option '--scope <scope>' not specified"],
    [["tokens", "create", "ci", "--scope", "write"], "There are read, publish, run, runner, admin"],
    [["tokens", "create", "ci", "--scope", "read", "--expires", "soon"], "Write a number and s, m, h, d or w"],
    [["tokens", "create", "ci", "--scope", "read", "--name-pattern", "Templates"], "a name pattern is lower-case"],
    [["publishers", "add", "x", "--scope", "publish"], "say whom to trust: --github owner/repository"],
    [["publishers", "add", "x", "--scope", "admin", "--github", "a/b"], "--scope admin: who has no stored secret"],
    [["publishers", "add", "x", "--scope", "publish", "--branch", "main"], "--branch is for --github"],
    [["login", "--token", "x", "--github-actions"], "Say one"],
    [["login"], "no token was given"],
    [["webhooks", "add", "x"], "say one host: --github owner/repository"],
    [["webhooks", "add", "x", "--github", "a/b", "--gitlab", "a/b"], "cannot be used with"],
    [["webhooks", "add", "X!", "--github", "a/b"], "a source's name is lower-case letters"],
    [["webhooks", "change", "x"], "say what to change"],
    [["webhooks", "change", "x", "--secret-stdin", "--credential-stdin"], "There is one standard input"],
    [["webhooks", "deliveries", "x", "--state", "done"], "Allowed choices are queued, working"],
    [["webhooks", "remove", "x"], "--yes"],
    [["subscriptions", "add", "ci.example.com"], "createSubscription: url: "],
    [["subscriptions", "add", "https://x.example", "--event", "version.publish"], "Did you mean version.published?"],
    [["audit", "--since", "yesterday"], "Write how long ago"],
    [["audit", "verify", "nowhere.ndjson"], "nowhere.ndjson does not exist"],
    [["audit", "verify", "--head", "12"], "Write seq:hash"],
  ])("refuses %j with status 2 and says what to do", async (args, message) => {
    const cwd = temporaryFolder();
    const people = await runCli(args, { cwd });
    expect(people).toMatchObject({ exitCode: 2, stdout: "" });
    expect(people.stderr).toContain(message);
    expect(people.stderr).not.toContain("    at ");
  });

  test.each([[["list", "--bogus"]], [["show", ".."]]])("refuses %j as JSON where that is asked for", async (args) => {
    const program = await runCli([...args, "--json"], { cwd: temporaryFolder() });
    expect(program.exitCode).toBe(2);
    expect(JSON.parse(program.stdout)).toMatchObject({ failure: { code: "USAGE", exit_code: 2 } });
  });

  test("says that no registry answers, with status 6", async () => {
    const run = await runCli(["list", "--json"], {
      cwd: temporaryFolder(),
      env: { CALLSHEET_URL: "http://127.0.0.1:1024" },
    });
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toContain("no registry answers at http://127.0.0.1:1024; is `npm start` running?");
    expect(JSON.parse(run.stdout)).toMatchObject({ failure: { code: "UNREACHABLE" } });
  });
});

describe("callsheet init", () => {
  test("writes a template that validates without a warning", async () => {
    const cwd = temporaryFolder();
    expect(await runCli(["init", "image_upscaling", "--dir", "a/b", "--quiet"], { cwd })).toEqual({
      exitCode: 0,
      stdout: `wrote ${join("a", "b", "image_upscaling.yaml")}\n`,
      stderr: "",
    });
    const checked = await runCli(["validate", "."], { cwd });
    expect(checked).toEqual({ exitCode: 0, stdout: "valid  1 document checked, 0 errors, 0 warnings\n", stderr: "" });
  });

  test("never overwrites, unless it is told to", async () => {
    const cwd = temporaryFolder({ "abc.yaml": "mine" });
    const refused = await runCli(["init", "abc"], { cwd });
    expect(refused.exitCode).toBe(4);
    expect(readFileSync(join(cwd, "abc.yaml"), "utf8")).toBe("mine");
    expect((await runCli(["init", "abc", "--force"], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, "abc.yaml"), "utf8")).toContain("id: abc");
  });

  test("refuses a name that no template may have, with one that it may", async () => {
    const run = await runCli(["init", "ImageUp-scaling"], { cwd: temporaryFolder() });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain("how about image_up_scaling?");
  });
});

describe("callsheet validate", () => {
  test("takes parents from among the files, in whatever order they are given", async () => {
    const cwd = temporaryFolder({
      "a/child.yaml": child,
      "b/base.yml": base,
      "a/.git/x.yaml": "]",
      "a/callsheet.yaml": "url: http://x",
    });
    const run = await runCli(["validate", "a", "b", "--json"], { cwd });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      valid: true,
      errors: 0,
      documents: [{ file: "a/child.yaml" }, { name: "base_generation" }],
    });
  });

  test("warns when a parent is nowhere among the files", async () => {
    const run = await runCli(["validate", "child.yaml"], { cwd: temporaryFolder({ "child.yaml": child }) });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("child.yaml:6:12: warning[parent_not_checked]: ");
  });

  test("tells a circle of parents", async () => {
    const one = child.replace("base_generation@^1", "other@^1");
    const other = child.replace("image_generation", "other").replace("base_generation@^1", "image_generation");
    const run = await runCli(["validate", "."], { cwd: temporaryFolder({ "one.yaml": one, "other.yaml": other }) });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("image_generation → other → image_generation");
  });

  test("reads several documents of a file and standard input, and places issues in the file", async () => {
    const files = { "all.yaml": `${base}---\n${child.replace("1.0.0", "one")}` };
    const cwd = temporaryFolder(files);
    const expected = "16:12: error[bad_form]: ";
    const file = await runCli(["validate", "all.yaml"], { cwd });
    expect(file.stdout).toContain(`all.yaml:${expected}`);
    expect(file.stdout).toContain("   16 |   version: one\n      |            ^\n");
    const piped = await runCli(["validate", "-"], { cwd, input: files["all.yaml"] });
    expect(piped.stdout).toContain(`<stdin>:${expected}`);
    const github = await runCli(["validate", "all.yaml", "--format", "github"], { cwd });
    expect(github).toMatchObject({ exitCode: 1 });
    expect(github.stdout).toMatch(/^::error file=all\.yaml,line=16,col=12,title=bad_form::/);
  });

  test("stops quietly when nobody reads on", async () => {
    const { spawnSync } = await import("node:child_process");
    const cwd = temporaryFolder({ "all.yaml": `${`${child.replace("1.0.0", "one")}---\n`.repeat(400)}` });
    const bin = new URL("../../bin/callsheet.mjs", import.meta.url).pathname;
    const run = spawnSync("bash", ["-c", `"${process.execPath}" "${bin}" validate all.yaml | head -1`], { cwd });
    expect(run.stderr.toString()).toBe("");
    expect(run.stdout.toString()).toContain("all.yaml:3:12");
  });
});

function allCommands(): { name: string; command: Command }[] {
  return buildProgram().commands.flatMap((command) => [
    { name: command.name(), command },
    ...command.commands.map((inner) => ({ name: `${command.name()} ${inner.name()}`, command: inner })),
  ]);
}
