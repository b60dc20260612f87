import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { watchedRun } from "../../../../src/cli/runs/watched-run.ts";
import { displayWidth } from "../../../../src/cli/terminal/display-width.ts";
import { openTerminal } from "../../../../src/cli/terminal/open-terminal.ts";
import { renderEnd } from "../../../../src/cli/terminal/render-end.ts";
import { renderRun } from "../../../../src/cli/terminal/render-run.ts";
import { renderSteps } from "../../../../src/cli/terminal/workflow/render-steps.ts";
import { fitLines, renderWorkflowWatch } from "../../../../src/cli/terminal/workflow/render-workflow-watch.ts";
import { stepLines } from "../../../../src/cli/terminal/workflow/step-lines.ts";
import type { StepState } from "../../../../src/contract/workflow/step-state.ts";
import { outlineWorkflow } from "../../../../src/domain/workflow-graph/outline-workflow.ts";
import { aWorkflow, everyType } from "../../../domain/workflow-graph/a-workflow.ts";
import { aFailure, aRun, at } from "../../runs/a-run.ts";
import { aQuestion, aStep, statesOf } from "./a-step.ts";

const colors = pc.createColors(false);
const terminal = openTerminal({ json: false, color: false, quiet: false }, {});
const outline = outlineWorkflow(aWorkflow(everyType));
const run = "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f";
const nowMs = Date.parse(at(10));
const look = { colors, width: 80, nowMs };

function drawn(steps: readonly StepState[], children = new Map()): string {
  const shown = { run, outline, states: statesOf(...steps), children };
  return renderSteps(shown, look)
    .map(({ text }) => text)
    .join("\n");
}

describe("the steps of a run", () => {
  test("before any was reached are the steps of the document", () => {
    const text = drawn([]);
    expect(text).toMatch(/^├─ ○ prepare +at the same time\n│ {2}╞═ ○ news +collect_news\n/);
    expect(text).toMatch(/\n├─ ○ write +for each person of workflow\.input\.people\n├─ ○ ask /);
  });

  test("tell state, who does it, time and attempts, and only the branch that was taken", () => {
    const text = drawn([
      aStep("prepare", "succeeded", { type: "parallel", skill: null }),
      aStep("prepare/news", "succeeded", { attempt: 2, skill: "agent/reporter@1.0.0#collect_news" }),
      aStep("prepare/style", "running", { skill: null }),
      aStep("prepare/style/samples", "kept", { skill: "function/python.samples@1.0.0" }),
      aStep("choose", "running", { type: "switch", skill: null, branch: "default" }),
      aStep("choose/default/outline", "failed", { failure: aFailure(1) }),
      aStep("send", "skipped", { skill: null, reason: "it reads write, which failed" }),
    ]);
    expect(text).toMatch(/├─ ✓ prepare +2\.5 s {2}at the same time/);
    expect(text).toMatch(/╞═ ✓ news +agent\/reporter@1\.0\.0#collect_news {2}2\.5 s {2}2 attempts/);
    expect(text).toMatch(/├─ ✓ samples +python\.samples@1\.0\.0 {2}kept from the run before/);
    expect(text).toMatch(/└─ ○ learn +learn_style/);
    expect(text).toMatch(/case very long: {2}not taken\n│ {2}└─ default:\n│ {5}└─ ✗ outline +image_denoising@1\.0\.0/);
    expect(text).toMatch(/✗ outline.*\n│ +out_of_vram: no memory is left\n/);
    expect(text).toMatch(/└─ – send +.*it reads write, which failed$/);
  });

  test("fold the items of a map, and show those that failed or wait", () => {
    const items = [
      aStep("write[0]/letter"),
      aStep("write[1]/letter", "failed", { failure: aFailure(1) }),
      aStep("write[2]/letter", "running"),
      aStep("write[0]/letter!undo"),
    ];
    const text = drawn([aStep("write", "running", { type: "map", skill: null, items: 200 }), ...items]);
    expect(text).toMatch(/├─ ● write +1\/200, 1 failed, 1 under way, 1 undone {2}9\.0 s {2}for each/);
    expect(text).toMatch(/\n│ +✗ \[1\]\/letter\n│ +out_of_vram: no memory is left\n/);
    expect(text).not.toContain("[2]/letter");
  });

  test("show what a step's own run does, or why it waits", () => {
    const waiting = { why: "busy", message: "2 runs are before it", position: 3, capable_runners: 1 };
    const progress = {
      percent: 64.4,
      stage: "execute",
      fraction: 0.5,
      message: null,
      eta_seconds: null,
      preview: null,
    };
    const children = new Map([
      ["prepare/news", watchedRun(aRun("running", { progress: { ...progress, at: at(3) } }))],
      ["send", watchedRun(aRun("queued", { waiting }))],
    ]);
    const text = drawn([aStep("prepare/news", "running"), aStep("send", "running")], children);
    expect(text).toMatch(/news +image_denoising@1\.0\.0 {2}9\.0 s {2}64 % {2}execute/);
    expect(text).toMatch(/└─ ● send +image_denoising@1\.0\.0 {2}9\.0 s\n {3}waits: 2 runs are before it/);
  });

  test("that wait say what they ask, of whom, and how it is answered", () => {
    const approval = aQuestion({ approvers: ["editor"], until: at(60) });
    const text = drawn([aStep("ask", "waiting", { type: "approval", skill: null, approval })]);
    expect(text).toContain(`├─ ? ask            waits for an answer  9.0 s
│  Send them?
│  it is for editor to say, until 2027-01-31 12:01 UTC
│  callsheet runs approve 1c0d4e5f ask   (or --reject)`);
  });

  test("are told as they came, where the document is not at hand", () => {
    const states = statesOf(aStep("b/c", "running"), aStep("a"));
    const lines = renderSteps({ run, outline: null, states, children: new Map() }, look);
    expect(lines.map(({ text }) => text)).toEqual([
      "✓ a    image_denoising@1.0.0  2.5 s",
      "● b/c  image_denoising@1.0.0  9.0 s",
    ]);
  });

  test("never take more room than there is", () => {
    const long = aStep("prepare/news", "skipped", { reason: `because ${"very ".repeat(100)}` });
    for (const line of drawn([long]).split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    const lines = Array.from({ length: 50 }, (_, i) => ({ text: `line ${i}`, isActive: i === 30 || i === 34 }));
    const fitted = fitLines(lines, 10, (text) => text);
    expect(fitted).toHaveLength(10);
    expect(fitted).toEqual(expect.arrayContaining(["line 30", "line 34"]));
    expect(fitted[0]).toMatch(/^… \d+ more above$/);
    expect(fitted.at(-1)).toMatch(/^… \d+ more below$/);
    expect(fitLines(lines.slice(0, 10), 10, (text) => text)).toHaveLength(10);
  });
});

describe("a workflow's run under way", () => {
  const workflow = { kind: "workflow", name: "letters", pool: "workflows", max_attempts: 1 };

  test("is a line about the whole and the tree of its steps", () => {
    const steps = [aStep("prepare/news"), aStep("prepare/style/samples", "running")];
    const watched = watchedRun(aRun("running", { ...workflow, steps, step_count: 2 }));
    const lines = renderWorkflowWatch(
      watched,
      { outline, children: new Map() },
      { ...look, elapsedSeconds: 9, isAway: true, height: 40 },
    );
    expect(lines[0]).toBe("running  letters 1.0.0  1c0d4e5f  1 of 7 steps  9.0 s");
    expect(lines[1]).toMatch(/^ {2}├─ ○ prepare /);
    expect(lines.at(-1)).toBe("  the registry does not answer; trying again");
  });

  test("is told in lines, one for each step that came into another state", () => {
    const before = statesOf(aStep("a", "running"), aStep("b", "running"));
    const approval = aQuestion();
    const now = statesOf(
      aStep("a"),
      aStep("b", "running", { attempt: 2 }),
      aStep("c", "waiting", { type: "approval", skill: null, approval }),
      aStep("d", "skipped", { reason: "its condition is false" }),
      aStep("e[0]/f", "failed", { failure: aFailure(1) }),
      aStep("g", "running", { type: "parallel", skill: null }),
    );
    expect(stepLines(before, now, run)).toEqual([
      "a  succeeded in 2.5 s",
      "b  attempt 2  image_denoising@1.0.0",
      "c  asks: Send them?; answer with `callsheet runs approve 1c0d4e5f c`, or with --reject",
      "d  skipped: its condition is false",
      "e[0]/f  failed: out_of_vram: no memory is left",
    ]);
    expect(stepLines(now, now, run)).toEqual([]);
  });

  test("that ended shows its steps, and then what came out", () => {
    const ended = aRun("succeeded", { ...workflow, steps: [], step_count: 0 });
    const steps = { run, outline, states: statesOf(aStep("prepare/news")), children: new Map() };
    const outputs = [{ entity: run, output_index: 0, values: { sent: 3 } }];
    const text = renderEnd(terminal, { run: ended, outputs, declared: {}, saved: [], lineage: null, steps });
    expect(text).toMatch(/^succeeded {2}letters 1\.0\.0 {2}in 3\.0 s\n\n {2}├─ ○ prepare/);
    expect(text).toMatch(/\n\noutput {2}@\S+\n {2}sent {2}3\n\nrun {2}\S+$/);
  });

  test("is shown whole: a table of its steps, and what waits for an answer", () => {
    const failed = aStep("build", "failed", { failure: aFailure(1), run, attempt: 3 });
    const answer = { approved: false, by: "anna", comment: "too dark", at: at(3) };
    const steps = [
      aStep("plan"),
      failed,
      aStep("look", "failed", { type: "approval", skill: null, approval: aQuestion({ answer }) }),
      aStep("review", "waiting", { type: "approval", skill: null, approval: aQuestion() }),
      aStep("each", "running", { type: "map", skill: null, items: 2 }),
    ];
    const shown = aRun("running", { ...workflow, parent: { run, step: "go" }, retry_of: { run, from: "build" } });
    const text = renderRun(terminal, shown, nowMs, steps);
    expect(text).toMatch(/\nstate +running for 8 s\n/);
    expect(text).toContain(`step      go of run ${run}\nretry of  ${run}, from build\n`);
    expect(text).toMatch(/\nsteps +5: 1 succeeded, 2 failed, 1 waiting, 1 running\n/);
    expect(text).not.toMatch(/\n(pool|attempts) /);
    expect(text).toMatch(/\nSTEP +STATE +SKILL +TRIES +TOOK +RUN +WHY\n/);
    expect(text).toMatch(
      /\nbuild +failed +image_denoising@1\.0\.0 +3 +2\.5 s +1c0d4e5f +out_of_vram: no memory is left\n/,
    );
    expect(text).toMatch(/\nlook +failed +approval +1 +2\.5 s +rejected by anna: too dark\n/);
    expect(text).toMatch(/\neach +running +map of 2 /);
    expect(text).toContain("review waits\n  Send them?\n  callsheet runs approve 1c0d4e5f review   (or --reject)");
  });

  test("with many items shows those that did not just succeed, and where all are told", () => {
    const items = Array.from({ length: 40 }, (_, i) => aStep(`each[${i}]/draw`, i === 7 ? "cancelled" : "succeeded"));
    const text = renderRun(terminal, aRun("running", workflow), nowMs, [aStep("each"), ...items]);
    expect(text).toMatch(/\neach\[7\]\/draw +cancelled /);
    expect(text).not.toContain("each[8]/draw");
    expect(text).toContain("and 39 steps of items of maps; `callsheet runs steps 1c0d4e5f` tells all");
  });
});
