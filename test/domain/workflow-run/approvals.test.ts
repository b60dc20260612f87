import { describe, expect, it } from "vitest";
import { aWorkflow, endOf, interpret, seconds, statesOf, stepOf, t0 } from "./a-run.ts";

const ask = (more: object = {}) => ({
  id: "ask",
  step_type: "approval",
  message: "Send {{ workflow.input.n }}?",
  ...more,
});
const send = { id: "send", skill: "s", condition: "steps.ask.outputs.approved" };
const input = { n: 3 };

describe("approvals", () => {
  it("ask with the message filled, and give the answer", async () => {
    const document = aWorkflow([ask({ approvers: ["editor"], timeout: "1h" }), send], {
      outputs: {
        ...Object.fromEntries(
          ["approved", "by", "comment", "at"].map((key) => [key, `{{ steps.ask.outputs.${key} }}`]),
        ),
      },
    });
    const happened = await interpret(document, { input, answers: { ask: { says: true, ms: 5000, comment: "go" } } });
    expect(happened.asked).toEqual([
      {
        path: "ask",
        message: "Send 3?",
        approvers: ["editor"],
        atDeadline: null,
        startedAt: t0,
        deadline: t0 + 3_600_000,
      },
    ]);
    expect(endOf(happened)).toEqual({ approved: true, by: "ada", comment: "go", at: "2026-03-01T00:00:05.000Z" });
    expect(happened.calls.map(({ path, startedAt }) => [path, seconds(startedAt)])).toEqual([["send", 5]]);
    expect(happened.notes.filter(({ path }) => path === "ask")).toMatchObject([
      {
        state: "waiting",
        type: "approval",
        approval: { message: "Send 3?", approvers: ["editor"], until: "2026-03-01T01:00:00.000Z", answer: null },
      },
      { state: "succeeded", reason: null, approval: { message: "Send 3?", answer: { by: "ada", comment: "go" } } },
    ]);
  });

  it("a no fails the step, with who said it", async () => {
    const happened = await interpret(aWorkflow([ask(), send]), {
      input,
      answers: { ask: { says: false, comment: "why?" } },
    });
    expect(endOf(happened)).toBe("ask rejected: ada said no: why?");
    expect(stepOf(happened, "ask").approval?.answer).toMatchObject({ approved: false, by: "ada" });
    expect(statesOf(happened)).toEqual({ ask: "failed", send: "skipped" });
  });

  it("with on_reject: continue, a no is an answer like others", async () => {
    const document = aWorkflow([ask({ on_reject: "continue", outputs: "answer" })], {
      outputs: { yes: "{{ steps.ask.outputs.answer.approved }}" },
    });
    expect(endOf(await interpret(document, { input, answers: { ask: { says: false } } }))).toEqual({ yes: false });
  });

  it("nobody's answer is the default, else the step has run out of time", async () => {
    const none = { input, answers: { ask: { says: null } } };
    const asked = (more: object) => interpret(aWorkflow([ask({ timeout: "60s", ...more }), send]), none);
    const yes = await asked({ default: "approve" });
    expect(statesOf(yes)).toEqual({ ask: "succeeded", send: "succeeded" });
    expect(yes.asked[0]?.atDeadline).toBe(true);
    expect(stepOf(yes, "ask").approval?.answer).toEqual({
      approved: true,
      by: "timeout",
      comment: null,
      at: "2026-03-01T00:01:00.000Z",
    });
    expect(endOf(await asked({ default: "reject" }))).toBe(
      "ask rejected: nobody answered in time, and the default is no",
    );
    expect(statesOf(await asked({ default: "reject", on_reject: "continue" }))).toEqual({
      ask: "succeeded",
      send: "skipped",
    });
    expect(endOf(await asked({}))).toBe("ask timed_out: nobody answered in time");
  });

  it("the default counts when the step's own time is over, not when that of what it stands in is", async () => {
    const document = aWorkflow([ask({ timeout: "2h", default: "approve" })], { error_handling: { timeout: "1h" } });
    const happened = await interpret(document, { input, answers: { ask: { says: null } } });
    expect(endOf(happened)).toBe("ask timed_out: nobody answered in time");
    expect(happened.asked[0]?.atDeadline).toBeNull();
  });
});
