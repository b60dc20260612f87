import { expect, it } from "vitest";
import { aWorkflow, entityOf, interpret } from "./a-run.ts";

const call = (id: string, more: object = {}) => ({ id, skill: "s", ...more });

it("of a step it is told first what it is and when it began, then how and when it ended", async () => {
  const document = aWorkflow([call("a"), call("b"), call("c")]);
  const fails = { class: "transient", code: "agent_unreachable", message: "no answer", detail: "…" } as const;
  const { notes } = await interpret(document, { calls: { b: { fails } } });
  const identity = { type: "sequential" };
  expect(notes).toEqual([
    { ...identity, path: "a", id: "a", position: "000", state: "running", started_at: "2026-03-01T00:00:00.000Z" },
    {
      path: "a",
      state: "succeeded",
      finished_at: "2026-03-01T00:00:01.000Z",
      failure: null,
      output_entity: entityOf("a"),
    },
    { ...identity, path: "b", id: "b", position: "001", state: "running", started_at: "2026-03-01T00:00:01.000Z" },
    {
      path: "b",
      state: "failed",
      finished_at: "2026-03-01T00:00:02.000Z",
      failure: { ...fails, attempt: 1, runner: null, at: "2026-03-01T00:00:02.000Z" },
    },
    {
      ...identity,
      path: "c",
      id: "c",
      position: "002",
      state: "skipped",
      started_at: null,
      finished_at: "2026-03-01T00:00:02.000Z",
      reason: "b failed before it",
    },
  ]);
});

it("positions sort as the document has the steps, items one after the other, what undoes a step behind it", async () => {
  const compensate = { skill: "undo" };
  const many = Array.from({ length: 11 }, (_, at) => at);
  const document = aWorkflow(
    [
      call("first", { compensate }),
      {
        id: "each",
        step_type: "map",
        branches: {
          over: many,
          steps: [
            call("a"),
            {
              id: "route",
              step_type: "switch",
              condition: "item > 5",
              branches: { true: [call("b", { compensate }), call("c")], false: [call("d")] },
            },
          ],
        },
      },
      { id: "both", step_type: "parallel", branches: { steps: [call("e"), call("f")] } },
      call("last"),
    ],
    { error_handling: { on_error: "compensate" } },
  );
  const { notes } = await interpret(document, { calls: { last: { fails: {} } } });
  const sorted = notes
    .flatMap(({ path, position }) => (position === undefined ? [] : [{ path, position }]))
    .sort((one, other) => (one.position < other.position ? -1 : 1))
    .map(({ path }) => path);
  const items = many.flatMap((at) => [
    `each[${at}]/a`,
    `each[${at}]/route`,
    ...(at > 5
      ? [`each[${at}]/route/true/b`, `each[${at}]/route/true/b!undo`, `each[${at}]/route/true/c`]
      : [`each[${at}]/route/false/d`]),
  ]);
  expect(sorted).toEqual(["first", "first!undo", "each", ...items, "both", "both/e", "both/f", "last"]);
});

it("a step that an earlier run has done is told as kept", async () => {
  const { notes } = await interpret(aWorkflow([call("a")]), { calls: { a: { isKept: true } } });
  expect(notes.at(-1)).toMatchObject({ path: "a", state: "kept", output_entity: entityOf("a") });
});
