import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runPage } from "../../src/contract/http/runs.ts";
import { runCli } from "../cli/run-cli.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { startNodeRunner } from "./support/a-node-runner.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { doJob, handlers, runTemplates } from "./support/run-templates.ts";
import { outputOf, runsRegistry } from "./support/runs-registry.ts";
import { spawnRegistry } from "./support/spawn-registry.ts";
import { startCli } from "./support/start-cli.ts";

const registry = runsRegistry();
const { cli, json, ran } = registry;
const bundle = frozenBundle();

describe("callsheet run", () => {
  test("sends a file, saves what comes back, and sends the same file no second time", async () => {
    const cwd = temporaryFolder({ "photo.png": "not really a picture" });
    const args = ["run", "jcr_stamp@^1", "-i", "photo=@photo.png", "-i", "copies=2", "-o", "out"];
    const first = await cli(args, cwd);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain("sent photo.png (20 B)");
    expect(first.stdout).toMatch(/^succeeded {2}jcr_stamp 1\.0\.0 {2}in .* on node-box/);
    expect(first.stdout).toMatch(/output 1 of 2 {2}@\S+\n {2}photo {2}saved as out\/photo\.png/);
    expect(first.stdout).toMatch(/output 2 of 2 {2}@\S+\n {2}photo {2}saved as out\/photo-2\.png .*\n {2}size {3}27/);
    expect(first.stdout).toMatch(
      /lineage\n {2}output of jcr_stamp 1\.0\.0 .*\n {2}└─ input of jcr_stamp 1\.0\.0 .* by run/,
    );
    expect(readFileSync(join(cwd, "out/photo-2.png"), "utf8")).toBe("not really a picturestamp 2");

    writeFileSync(join(cwd, "out/photo-2.png"), "my own");
    const second = await cli(args, cwd);
    expect(second.stderr).toContain("photo.png is there already; nothing was sent");
    expect(second.stdout).toContain("saved as out/photo.png");
    expect(second.stdout).toContain("saved as out/photo-3.png");
    expect(readFileSync(join(cwd, "out/photo-2.png"), "utf8")).toBe("my own");
  });

  test("takes inputs from a file, from flags and from an entity that another run made", async () => {
    const cwd = temporaryFolder({ "in.yaml": "text: hello\ntimes: 2\n" });
    const first = outputOf(await ran(["jcr_shout", "--inputs", "in.yaml", "-i", "times=1"], cwd));
    expect(first.outputs).toEqual({ text: "HELLO!" });
    const chained = outputOf(await ran(["jcr_shout", "-i", `text=@${first.entity}.text`]));
    expect(chained.outputs).toEqual({ text: "HELLO!!" });
    expect(outputOf(await ran(["jcr_shout", "-i", "text=@@me"])).outputs).toEqual({ text: "@ME!" });
    const lineage = await cli(["entities", "lineage", chained.entity.slice(-8)], cwd);
    expect(lineage.stdout).toMatch(
      /input of jcr_shout .*\n {3}└─ output of jcr_shout .* \.text ← \.text\n {6}└─ input/,
    );
  });

  test("tells why a run failed, with status 8", async () => {
    const failed = await cli(["run", "jcr_fail", "--logs"], temporaryFolder());
    expect(failed.exitCode).toBe(8);
    expect(failed.stderr).toContain("about to fail");
    expect(failed.stdout).toMatch(/^failed {2}jcr_fail 1\.0\.0/);
    expect(failed.stdout).toContain("handler_error (permanent) in attempt 1 on node-box\n  it was made to fail");
    expect(await ran(["jcr_fail"], temporaryFolder(), 8)).toMatchObject({ state: "failed" });
  });

  test.each([
    [["run", "jcr_shout", "-i", "text=a", "-i", "times=9"], 1, "times"],
    [["run", "jcr_shout"], 1, "text"],
    [["run", "jcr_shout", "-i", "txt=a"], 1, "did you mean text?"],
    [["run", "jcr_stamp", "-i", "photo=@nowhere.png"], 2, "nowhere.png does not exist"],
    [["run", "jcr_nothing"], 3, "jcr_nothing"],
    [["run", "jcr_shout", "-i", "text=a", "--priority", "11"], 2, "priority"],
    [["run", "jcr_shout", "-i", "text=@0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f.x"], 3, "0199b2c4"],
    [["runs", "show", "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f"], 3, "0199b2c4"],
  ])("refuses %j with status %i", async (args, exitCode, message) => {
    const refused = await cli(args, temporaryFolder());
    expect(refused).toMatchObject({ exitCode, stdout: "" });
    expect(refused.stderr).toContain(message);
  });

  test("makes one run of one Idempotency-Key", async () => {
    const args = ["jcr_chance", "--idempotency-key", "once-and-only-once"];
    const [first, second] = [await ran(args), await ran(args)];
    expect(second.id).toBe(first.id);
    expect((await ran(["jcr_chance"])).id).not.toBe(first.id);
  });

  test("that is interrupted leaves the run alone, and can be taken up again", async () => {
    const waiting = startCli(["run", "jcr_wait", "-i", "seconds=4"], registry.env());
    await waiting.sees("running on node-box");
    waiting.interrupt();
    expect(await waiting.ended).toBe(10);
    await waiting.sees("the run goes on; `callsheet runs watch ");
    const { items } = runPage.parse(await json(["runs", "--name", "jcr_wait"], temporaryFolder()));
    const watched = await cli(["runs", "watch", items[0]?.id.slice(-8) ?? ""], temporaryFolder());
    expect(watched).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("done  true") });
  });

  test("that is cancelled meanwhile ends with status 9 and tells by whom", async () => {
    const run = await ran(["jcr_wait", "--detach", "--label", "team=vision"]);
    const watching = startCli(["runs", "watch", run.id], registry.env());
    await watching.sees("running on node-box");
    const cancelled = await cli(["runs", "cancel", run.id.slice(-8), "--reason", "too slow"], temporaryFolder());
    expect(cancelled.stdout).toContain(`cancelled  jcr_wait 1.0.0  ${run.id}`);
    expect(await watching.ended).toBe(9);
    await watching.sees("by admin: too slow");
    expect((await cli(["runs", "--label", "team=vision", "--state", "cancelled"], temporaryFolder())).stdout).toMatch(
      new RegExp(`^ID .*\n${run.id.slice(-8)} +cancelled +jcr_wait 1\\.0\\.0`),
    );
  });

  test("goes on waiting while the registry is killed and starts again", async () => {
    const stateDir = bundle.stateDir("restart");
    const first = await spawnRegistry(stateDir, bundle.scriptPath);
    onTestFinished(() => first.kill());
    const env = { CALLSHEET_URL: first.url, CALLSHEET_TOKEN: first.adminToken };
    const published = await runCli(["publish", "."], { cwd: temporaryFolder({ "t.yaml": runTemplates }), env });
    expect(published.exitCode).toBe(0);
    const watching = startCli(["run", "jcr_shout", "-i", "text=back", "--watch"], env);
    await watching.sees("no runner is connected");
    await first.kill();
    await watching.sees("the registry does not answer; trying again");
    const port = Number(new URL(first.url).port);
    const second = await spawnRegistry(stateDir, bundle.scriptPath, { port });
    onTestFinished(() => second.kill());
    await watching.sees("the registry answers again");
    const { url, adminToken: token } = second;
    const runner = await startNodeRunner({ url, token, capabilities: { handlers }, work: doJob });
    onTestFinished(() => runner.stop());
    expect(await watching.ended).toBe(0);
    await watching.sees("text  BACK!");
  });
});

describe("a run", () => {
  test("is shown whole, with its log and its events", async () => {
    const cwd = temporaryFolder();
    const { id } = await ran(["jcr_shout", "-i", "text=hi"]);
    const shown = await cli(["runs", "show", id.slice(-8)], cwd);
    expect(shown.stdout).toMatch(/^succeeded {2}jcr_shout 1\.0\.0\n\nid +\S+\nstate +succeeded on node-box in /);
    expect(shown.stdout).toMatch(/output +@\S+\n +text {2}HI!/);
    expect(shown.stdout).toMatch(/ATTEMPT +RUNNER +OUTCOME .*\n1 +node-box +succeeded/);
    expect((await cli(["runs", "logs", id], cwd)).stdout).toBe("shouting hi\nand again\n");
    expect((await cli(["runs", "logs", id, "-f"], cwd)).stdout).toBe("shouting hi\nand again\n");
    const events = await cli(["runs", "events", id, "-f", "--json"], cwd);
    const types = events.stdout.trim().split("\n");
    expect(types.map((line) => JSON.parse(line).type)).toEqual(expect.arrayContaining(["state", "log", "progress"]));
    expect(JSON.parse(types.at(-1) ?? "")).toMatchObject({ type: "state", state: "succeeded" });
    expect((await cli(["runs", "events", id], cwd)).stdout).toMatch(/state +succeeded {2}attempt 1 {2}on node-box\n$/);
    expect((await cli(["why", id], cwd)).stdout).toContain("it does not wait: it ended at");
  });

  test("that is replayed is told to be equal or not, not with status 1", async () => {
    const cwd = temporaryFolder();
    const same = await ran(["jcr_shout", "-i", "text=again"]);
    const equal = await cli(["runs", "replay", same.id], cwd);
    expect(equal).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`equal  the outputs are those of run ${same.id.slice(-8)}`),
    });
    const other = await ran(["jcr_chance"]);
    const different = await cli(["runs", "replay", other.id], cwd);
    expect(different.exitCode).toBe(1);
    expect(different.stdout).toMatch(
      /different {2}the outputs differ from those of run \w+ in 1 place\nWHERE +ORIGINAL +REPLAYED\n\S*\/number +0\.\d+ +0\.\d+/,
    );
  });

  test("that waits says what nobody has, and cancelling what has ended is a conflict", async () => {
    const cwd = temporaryFolder();
    const detached = await cli(["run", "jcr_nobody", "--detach"], cwd);
    expect(detached.stdout).toMatch(/^[0-9a-f-]{36}\n$/);
    const id = detached.stdout.trim();
    const why = await cli(["why", id.slice(-8)], cwd);
    expect(why.stdout).toMatch(/^queued {2}[\s\S]*REQUIREMENT +ASKED +NEAREST FOUND[\s\S]*\nhandler +/);
    expect(await json(["why", id], cwd)).toMatchObject({ state: "queued", waiting: { why: "no_capable_runner" } });
    const done = await ran(["jcr_chance"]);
    const both = await cli(["runs", "cancel", done.id, id], cwd);
    expect(both.exitCode).toBe(4);
    expect(both.stdout).toContain(`cancelled  jcr_nobody 1.0.0  ${id}`);
  });
});
