import { expect, test } from "vitest";
import { skillsOf } from "../../../src/domain/workflow/skills-of.ts";
import { checkText } from "./read-corpus.ts";

test("every skill is told with its place, those that undo and those of workflows too", () => {
  const { workflow, issues } = checkText(`metadata: { id: flow, name: Flow, version: 1.0.0, description: Flows. }
steps:
  - { id: book, skill: book_room@^1, compensate: { skill: cancel_room, inputs: { why: x } } }
  - id: each
    step_type: map
    branches: { over: [1], steps: [{ id: inner, skill: workflow/other }] }
  - { id: sub, skill: execute_workflow, inputs: { workflow_id: code-generation, version: v1 } }
  - { id: late, skill: execute_workflow, inputs: { workflow_id: "{{ steps.book.outputs.id }}" } }
`);
  expect(issues).toEqual([]);
  if (workflow === null) throw new Error("the test's own workflow is refused");
  const used = skillsOf(workflow);
  expect(used.map(({ step, purpose, text, path }) => [step, purpose, text, path])).toEqual([
    ["book", "do", "book_room@^1", "/steps/0/skill"],
    ["book", "compensate", "cancel_room", "/steps/0/compensate/skill"],
    ["inner", "do", "workflow/other", "/steps/1/branches/steps/0/skill"],
    ["sub", "do", "workflow/code-generation@v1", "/steps/2/inputs/workflow_id"],
    ["late", "do", null, "/steps/3/inputs/workflow_id"],
  ]);
  expect(used[0]?.skill).toMatchObject({ kind: null, skill: "book_room", selectorText: "^1" });
  expect(used[3]?.skill).toMatchObject({ kind: "workflow", skill: "code-generation" });
  expect(used[4]?.skill).toBeNull();
});
