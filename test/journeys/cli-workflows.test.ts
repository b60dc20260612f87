import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createClient } from "../../src/client/create-client.ts";
import { batchAnswer } from "../../src/contract/artifact/registration.ts";
import { getRun } from "../../src/contract/http/runs.ts";
import { type Run, run as runSchema } from "../../src/contract/run/run.ts";
import { stepState } from "../../src/contract/workflow/step-state.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { outputOf, runsRegistry } from "./support/runs-registry.ts";
import { startCli } from "./support/start-cli.ts";

const loud = `
metadata: { id: jcw-loud, name: Loud letters, version: 1.0.0, description: Shouts, tags: [jcw] }
inputs:
  text: { type: string, required: true, min_length: 1 }
  people: { type: array, items: { type: string }, default: [ann, bob] }
steps:
  - id: first
    step_type: parallel
    branches:
      steps:
        - { id: shout, skill: jcr_shout@^1, inputs: { text: "{{ workflow.input.text }}" } }
        - { id: number, skill: jcr_chance }
  - id: each
    step_type: map
    branches:
      over: "{{ workflow.input.people }}"
      as: person
      steps: [{ id: greet, skill: jcr_shout, inputs: { text: "{{ person }}" } }]
  - id: choose
    step_type: conditional
    condition: size(workflow.input.people) > 2
    branches:
      if_true: [{ id: many, skill: jcr_shout, inputs: { text: many } }]
outputs:
  text: "{{ steps.shout.outputs.text }}"
  greetings: "{{ steps.each.outputs.map(one, one.text) }}"
`;
const asking = `
metadata: { id: jcw-asking, name: Asking, version: 1.0.0, description: Asks before it goes on. }
steps:
  - { id: before, skill: jcr_chance }
  - { id: review, step_type: approval, message: "Go on with {{ steps.before.outputs.number > 2.0 ? 'much' : 'little' }}?", on_reject: continue }
  - { id: after, skill: jcr_shout, condition: steps.review.outputs.approved, inputs: { text: done } }
outputs: { answer: "{{ steps.review.outputs.comment }}" }
`;
const failing = `
metadata: { id: jcw-failing, name: Failing, version: 1.0.0, description: Fails at its second step. }
steps:
  - { id: chance, skill: jcr_chance }
  - { id: break, skill: jcr_fail }
  - { id: never, skill: jcr_shout, inputs: { text: "{{ steps.break.outputs.never }}" } }
`;
const slow = `
metadata: { id: jcw-slow, name: Slow, version: 1.0.0, description: Waits for a minute. }
steps:
  - id: both
    step_type: parallel
    branches: { steps: [{ id: quick, skill: jcr_chance }, { id: wait, skill: jcr_wait, inputs: { seconds: 60 } }] }
`;
const files = `
metadata: { id: jcw-files, name: Files, version: 1.0.0, description: Stamps a photo twice. }
inputs: { photo: { type: file, required: true } }
steps:
  - { id: stamp, skill: jcr_stamp, inputs: { photo: "{{ workflow.input.photo }}" } }
  - { id: again, skill: jcr_stamp, inputs: { photo: "{{ steps.stamp.outputs.photo }}" } }
outputs: { photo: "{{ steps.again.outputs.photo }}", size: "{{ steps.again.outputs.size }}" }
`;
const outer = `
metadata: { id: jcw-outer, name: Outer, version: 1.0.0, description: Calls one that asks. }
steps: [{ id: inner, skill: workflow/jcw-asking@^1 }]
`;

const registry = runsRegistry();
const { cli, json, ran } = registry;
const stepPage = z.object({ items: z.array(stepState) });

beforeAll(async () => {
  const sources = [loud, asking, failing, slow, files, outer];
  const { CALLSHEET_TOKEN: token } = registry.env();
  const answer = await fetch(`${registry.url()}/v1/workflows:batch`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/yaml" },
    body: sources.join("---"),
  });
  const results = batchAnswer.parse(await answer.json()).results;
  expect(results.map(({ status }) => status)).toEqual(sources.map(() => "created"));
});

/** Asks until a run is as it should be. */
async function until(id: string, isSo: (run: Run) => boolean): Promise<Run> {
  const { CALLSHEET_TOKEN: token = "" } = registry.env();
  const client = createClient({ url: registry.url(), token });
  const read = async () => {
    const found = await client.call(getRun, { params: { run_id: id } });
    expect(isSo(found)).toBe(true);
    return found;
  };
  return vi.waitFor(read, { timeout: 60_000, interval: 100 });
}

const isWaiting = (run: Run) => run.steps?.some(({ state }) => state === "waiting") === true;

describe("callsheet workflows", () => {
  test("checks what is wrong with a document, with its place, and says what a good one calls", async () => {
    const bad = failing.replace("steps.break.outputs.never", "steps.braek.outputs.never");
    const cwd = temporaryFolder({ "good.yaml": loud, "bad.yaml": bad, "other.yaml": "template: {}" });
    const found = await cli(["workflows", "check", "."], cwd);
    expect(found).toMatchObject({ exitCode: 1, stderr: "" });
    expect(found.stdout).toMatch(/^jcw-loud 1\.0\.0 {2}7 steps; calls jcr_shout@\^1, jcr_chance, jcr_shout\n\n/);
    expect(found.stdout).toMatch(/\nbad\.yaml:6:\d+: error\[step_unknown\]: .*\n {4}6 \| .*\n +\| +\^/);
    expect(found.stdout).toMatch(/\n\nnot valid {2}2 workflows checked, 1 error, 0 warnings in 1 file\n$/);
    expect(await json(["workflows", "check", "good.yaml"], cwd)).toMatchObject({
      valid: true,
      workflows: [
        { file: "good.yaml", name: "jcw-loud", steps: 7, skills: ["jcr_shout@^1", "jcr_chance", "jcr_shout"] },
      ],
    });
    const other = await cli(["workflows", "check", "other.yaml"], cwd);
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("holds a document of kind template") });
  });

  test("draws a file and what is published alike", async () => {
    const cwd = temporaryFolder({ "loud.yaml": loud });
    const drawn = await cli(["workflows", "graph", "loud.yaml"], cwd);
    expect(drawn.stdout).toContain(
      "├─ each        for each person of workflow.input.people\n│  └─ greet    jcr_shout\n",
    );
    expect((await cli(["workflows", "graph", "jcw-loud@^1"], cwd)).stdout).toBe(drawn.stdout);
    expect((await cli(["workflows", "graph", "loud.yaml", "--mermaid"], cwd)).stdout).toMatch(
      /^flowchart TD\n {2}begin\(/,
    );
    expect(await json(["workflows", "graph", "workflow/jcw-loud"], cwd)).toMatchObject({
      name: "jcw-loud",
      inputs: ["text", "people"],
      nodes: expect.arrayContaining([expect.objectContaining({ path: "each[]/greet", kind: "call" })]),
      edges: expect.arrayContaining([{ from: "first", to: "each", kind: "then", label: null }]),
    });
    const bad = await cli(["workflows", "graph", "-"], cwd);
    expect(bad).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("1 workflow, not drawn") });
  });

  test("are listed, found, shown and compared, and their inputs described", async () => {
    const cwd = temporaryFolder();
    expect((await cli(["list", "workflow", "--tag", "jcw"], cwd)).stdout).toMatch(
      /\njcw-loud +1\.0\.0 +live +Loud letters\n$/,
    );
    expect((await cli(["workflows", "search", "loud", "letters"], cwd)).stdout).toContain("jcw-loud");
    const shown = await cli(["show", "jcw-loud"], cwd);
    expect(shown.stdout).toMatch(/INPUT +TYPE +DEFAULT +MEANING\n {2}text +string, .* required/);
    expect(shown.stdout).toMatch(/STEPS\n {2}├─ first +at the same time\n {2}│ {2}╞═ shout +jcr_shout@\^1\n/);
    expect(await json(["schema", "jcw-loud", "--inputs"], cwd)).toMatchObject({ required: ["text"] });
    const next = {
      "loud.yaml": loud.replace("1.0.0", "1.1.0").replace("people:", "more: { type: integer }\n  people:"),
    };
    expect((await cli(["publish", "."], temporaryFolder(next))).exitCode).toBe(0);
    expect((await cli(["compare", "jcw-loud", "1.0.0"], cwd)).stdout).toMatch(
      /^jcw-loud 1\.0\.0 → 1\.1\.0: asks for a minor bump\n/,
    );
  });
});

describe("a workflow that is run", () => {
  test("tells a line for each step, and at the end its steps and outputs", async () => {
    const cwd = temporaryFolder({ "text.md": "hello" });
    const run = await cli(["run", "workflow/jcw-loud@1.0.0", "-i", "text=@text.md", "--watch"], cwd);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/\d\d:\d\d:\d\d {2}first\/shout {2}running {2}jcr_shout@1\.0\.0\n/);
    expect(run.stderr).toMatch(/ {2}first\/shout {2}succeeded in \d/);
    expect(run.stderr).toMatch(/ {2}each\[1\]\/greet {2}succeeded in \d/);
    expect(run.stderr).toMatch(/`callsheet runs show [0-9a-f]{8}` tells each step/);
    expect(run.stdout).toMatch(/^succeeded {2}jcw-loud 1\.0\.0 {2}in [^\n]*\n\n {2}├─ ✓ first /);
    expect(run.stdout).toMatch(/ ╞═ ✓ shout +jcr_shout@1\.0\.0 {2}\d/);
    expect(run.stdout).toMatch(/ ├─ ✓ each +2\/2 {2}\d/);
    expect(run.stdout).toMatch(/\noutput {2}@\S+\n {2}text +HELLO!\n {2}greetings {2}\["ANN!","BOB!"\]\n/);
    expect(run.stdout).toContain("  ├─ output of jcr_shout 1.0.0");
  });

  test("is shown as a table; runs that do its steps point to it, and are listed only when they are asked for", async () => {
    const cwd = temporaryFolder();
    const run = await ran(["jcw-loud@1.0.0", "-i", "text=a", "--label", "jcw=table"]);
    expect(outputOf(run).outputs).toEqual({ text: "A!", greetings: ["ANN!", "BOB!"] });
    const shown = await cli(["runs", "show", run.id], cwd);
    expect(shown.stdout).toMatch(/\nsteps +\d+: .*succeeded/);
    expect(shown.stdout).toMatch(/\nSTEP +STATE +SKILL +TRIES +TOOK +RUN +WHY\n/);
    expect(shown.stdout).toMatch(/\neach\[0\]\/greet +succeeded +jcr_shout@1\.0\.0 +1 +\d/);
    const { items } = stepPage.parse(await json(["runs", "steps", run.id, "--state", "succeeded"], cwd));
    const child = items.find(({ path }) => path === "first/shout")?.run ?? "";
    expect((await cli(["runs", "show", child], cwd)).stdout).toContain(`step      first/shout of run ${run.id}\n`);
    expect((await cli(["runs", "--name", "jcw-loud", "--label", "jcw=table"], cwd)).stdout).toContain(run.id.slice(-8));
    expect((await cli(["runs", "--limit", "200"], cwd)).stdout).not.toContain(child.slice(-8));
    expect((await cli(["runs", "--limit", "200", "--children"], cwd)).stdout).toContain(child.slice(-8));
    expect((await cli(["runs", "--parent", run.id.slice(-8)], cwd)).stdout.trim().split("\n")).toHaveLength(5);
    expect((await cli(["runs", "events", run.id], cwd)).stdout).toMatch(/ step +first\/shout {2}succeeded/);
  });

  test("can be asked whether inputs fit, without being run", async () => {
    const cwd = temporaryFolder();
    const fits = await cli(["run", "jcw-loud@1.0.0", "-i", "text=a", "--dry-run"], cwd);
    expect(fits).toMatchObject({ exitCode: 0, stderr: "" });
    expect(fits.stdout).toMatch(
      /^valid {2}jcw-loud 1\.0\.0 would run\nINPUT +IS +VALUE\ntext +given +a\npeople +default +\["ann","bob"\]\n$/,
    );
    const refused = await cli(["run", "jcw-loud@1.0.0", "--dry-run"], cwd);
    expect(refused).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("/text") });
  });

  test("sends files, and saves those among its outputs though no document says that they are files", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "photo.png"), "a picture, ");
    const run = await cli(["run", "jcw-files", "-i", "photo=@photo.png", "-o", "out"], cwd);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/photo {2}saved as out\/photo\.png/);
    expect(readFileSync(join(cwd, "out/photo.png"), "utf8")).toBe("a picture, stamp 1stamp 1");
  });

  test("that fails tells which step, with status 8, and goes on from there with what was done", async () => {
    const cwd = temporaryFolder();
    const run = await cli(["run", "jcw-failing"], cwd);
    expect(run.exitCode).toBe(8);
    expect(run.stdout).toMatch(/ ├─ ✗ break +jcr_fail@1\.0\.0.*\n {2}│ {2}handler_error: it was made to fail/);
    expect(run.stdout).toMatch(/ └─ – never +\S/);
    const [, id = ""] = /\nrun {2}(\S+)\n$/.exec(run.stdout) ?? [];
    const [, child = ""] = /step break was done by run ([0-9a-f]{8})/.exec(run.stdout) ?? [];
    expect((await cli(["runs", "logs", child], cwd)).stdout).toBe("about to fail\n");
    expect((await cli(["why", id], cwd)).stdout).toContain("it was made to fail");
    const retried = runSchema.parse(await json(["runs", "retry", id, "--from", "break", "--detach"], cwd).then(runOf));
    expect(retried.retry_of).toEqual({ run: id, from: "break" });
    const ended = await until(retried.id, ({ state }) => state === "failed");
    const steps = new Map(ended.steps?.map((step) => [step.path, step]));
    expect(steps.get("chance")?.state).toBe("kept");
    expect(steps.get("break")?.run?.slice(-8)).not.toBe(child);
    expect(steps.get("chance")?.output_entity).toBe(
      runSchema.parse(await json(["runs", "show", id], cwd)).steps?.[0]?.output_entity,
    );
    const shown = await cli(["runs", "show", retried.id], cwd);
    expect(shown.stdout).toContain(`retry of  ${id}, from break`);
    expect(shown.stdout).toMatch(/\nchance +kept +jcr_chance@1\.0\.0 /);
    const unknown = await cli(["runs", "retry", id, "--from", "brake"], cwd);
    expect(unknown).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("no step brake") });
  });

  test("that is cancelled says what stopped with it", async () => {
    const cwd = temporaryFolder();
    const [id = ""] = (await cli(["run", "jcw-slow", "--detach"], cwd)).stdout.split("\n");
    await until(
      id,
      (run) => run.steps?.some(({ path, state }) => path === "both/wait" && state === "running") === true,
    );
    const cancelled = await cli(["runs", "cancel", id, "--reason", "enough"], cwd);
    expect(cancelled.stdout).toMatch(
      /^cancelled {2}jcw-slow 1\.0\.0 {2}\S+\n(.*\n)? {2}stopped {2}both\/wait {2}jcr_wait@1\.0\.0\n$/,
    );
    const watched = await cli(["runs", "watch", id], cwd);
    expect(watched).toMatchObject({ exitCode: 9, stdout: expect.stringMatching(/^cancelled .*by admin: enough\n/) });
  });
});

describe("a step that asks", () => {
  test("is told with the command that answers it, and goes on when it is answered", async () => {
    const cwd = temporaryFolder();
    const running = startCli(["run", "jcw-asking", "--watch"], registry.env());
    await running.sees("review  asks: Go on with little?; answer with `callsheet runs approve ");
    const { items } = z
      .object({ items: z.array(z.object({ id: z.string() })) })
      .parse(await json(["runs", "--name", "jcw-asking", "--limit", "1"], cwd));
    const id = items[0]?.id ?? "";
    expect((await cli(["why", id], cwd)).stdout).toContain(
      `callsheet runs approve ${id.slice(-8)} review   (or --reject)`,
    );
    const typo = await cli(["runs", "approve", id, "reviw"], cwd);
    expect(typo).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("did you mean review?") });
    const answered = await cli(["runs", "approve", id.slice(-8), "--comment", "looks well"], cwd);
    expect(answered).toMatchObject({ exitCode: 0, stdout: `approved  review of jcw-asking 1.0.0  ${id}\n` });
    expect(await running.ended).toBe(0);
    await running.sees("answer  looks well");
    const again = await cli(["runs", "approve", id], cwd);
    expect(again).toMatchObject({ exitCode: 4, stderr: expect.stringContaining("it has ended: succeeded") });
  });

  test("in a workflow that another one calls is answered by the outer run as well", async () => {
    const cwd = temporaryFolder();
    const [id = ""] = (await cli(["run", "jcw-outer", "--detach"], cwd)).stdout.split("\n");
    const outerRun = await until(id, (run) => run.steps?.[0]?.run !== undefined && run.steps[0].run !== null);
    const inner = outerRun.steps?.[0]?.run ?? "";
    await until(inner, isWaiting);
    const rejected = await cli(["runs", "approve", id, "--reject", "--comment", "no"], cwd);
    expect(rejected.stdout).toBe(`rejected  review of jcw-asking 1.0.0  ${inner}\n`);
    const ended = await until(id, ({ state }) => state === "succeeded");
    expect(outputOf(ended).outputs).toEqual({ answer: "no" });
    expect((await cli(["runs", "show", inner], cwd)).stdout).toMatch(/\nafter +skipped /);
  });
});

function runOf(answer: unknown): unknown {
  return z.object({ run: z.unknown() }).parse(answer).run;
}
