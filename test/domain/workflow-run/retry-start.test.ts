import { describe, expect, it } from "vitest";
import { workflowDocument } from "../../../src/contract/workflow/document.ts";
import type { StepStateName } from "../../../src/contract/workflow/step-state.ts";
import { answerEventType } from "../../../src/domain/workflow-run/answer-event.ts";
import { retryStart, undoneYetKept } from "../../../src/domain/workflow-run/retry-start.ts";

const call = (id: string) => ({ id, skill: "work" });
const document = workflowDocument.parse({
  metadata: { id: "retried", name: "Retried", version: "1.0.0", description: "For tests." },
  steps: [
    call("a"),
    { id: "both", step_type: "parallel", branches: { steps: [call("left"), call("right")] } },
    { id: "each", step_type: "map", branches: { over: [1, 2, 3], steps: [call("draw"), call("send")] } },
    call("z"),
  ],
});

/** Steps as `path state`, in the order of the document. */
function steps(...told: string[]) {
  return told.map((one) => {
    const [path = "", state = "succeeded"] = one.split(" ");
    return { path, state: state as StepStateName };
  });
}

const start = (...told: string[]) => retryStart(document, steps(...told));

describe("a retry begins", () => {
  it("at the first step that failed", () => {
    expect(start("a failed", "both failed", "z skipped")).toBe("a");
  });

  it("inside of what failed because of it", () => {
    expect(start("a", "both failed", "both/left", "both/right failed")).toBe("both/right");
    expect(start("each failed", "each[0]/draw", "each[1]/draw failed", "each[2]/draw failed")).toBe("each[1]/draw");
  });

  it("at a container that failed by itself", () => {
    expect(start("a", "both", "each failed")).toBe("each");
    expect(start("each failed", "eachother failed")).toBe("each");
  });

  it("at what was cancelled, where nothing failed", () => {
    expect(start("a", "both cancelled", "both/left", "both/right cancelled")).toBe("both/right");
    expect(start("a cancelled", "both failed")).toBe("both");
  });

  it("nowhere, where all succeeded", () => {
    expect(start("a", "both", "both/left", "both/right")).toBeNull();
    expect(start()).toBeNull();
  });

  it("at the first of the outermost steps that was undone or failed, where any was undone", () => {
    expect(start("a", "a!undo", "each failed", "each[0]/draw failed")).toBe("a");
    expect(start("a", "both/left", "both/left!undo", "z failed")).toBe("both");
    expect(start("a", "both/left!undo failed", "a!undo skipped", "z failed")).toBe("both");
    expect(start("a", "both failed", "both/right failed", "each[1]/send!undo")).toBe("both");
  });
});

it("what was undone is found where a retry would keep it", () => {
  const told = steps("a", "a!undo", "both/left", "both/left!undo failed", "z failed");
  expect(undoneYetKept(document, told, "z")).toEqual(["a", "both/left"]);
  expect(undoneYetKept(document, told, "both/right")).toEqual(["a", "both/left"]);
  expect(undoneYetKept(document, told, "both")).toEqual(["a"]);
  expect(undoneYetKept(document, told, "a")).toEqual([]);
});

it("the event of an answer has a legal name, its own for each step", () => {
  const paths = ["a", "both/left", "each[3]/draw", "each[4]/draw", "route/très%20urgent/answer", "x".repeat(1000)];
  const types = paths.map(answerEventType);
  expect(new Set(types).size).toBe(paths.length);
  for (const type of types) expect(type).toMatch(/^answer-[0-9a-f]{32}$/);
});
