import { describe, expect, test } from "vitest";
import { withSteps } from "../../../src/cli/runs/step-states.ts";
import { afterEvent, afterRead, watchedRun } from "../../../src/cli/runs/watched-run.ts";
import { aStep, statesOf } from "../terminal/workflow/a-step.ts";
import { aRun, at } from "./a-run.ts";

describe("steps that are heard of", () => {
  test("do not begin again because of an older answer", () => {
    const known = statesOf(aStep("a"), aStep("b", "running", { attempt: 2 }));
    const heard = [aStep("a", "running"), aStep("b", "running", { attempt: 1 }), aStep("c", "waiting")];
    const now = withSteps(known, heard);
    expect([...now.values()].map(({ path, state, attempt }) => [path, state, attempt])).toEqual([
      ["a", "succeeded", 1],
      ["b", "running", 2],
      ["c", "waiting", 1],
    ]);
    expect(withSteps(now, [aStep("c")]).get("c")?.state).toBe("succeeded");
  });

  test("come from events and from answers alike", () => {
    const begun = watchedRun(aRun("running", { kind: "workflow", steps: [aStep("a")], step_count: 1 }));
    const event = { id: 3, at: at(3), type: "step", step: aStep("b") } as const;
    const heard = afterEvent(begun, event);
    expect([...heard.steps.keys()]).toEqual(["a", "b"]);
    const older = aRun("running", { kind: "workflow", steps: [aStep("a"), aStep("b", "running")], step_count: 2 });
    expect(afterRead(heard, older).steps.get("b")?.state).toBe("succeeded");
  });
});
