import { expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";

const metadata = { id: "long", name: "Long", version: "1.0.0", description: "Says a lot." };
const inputs = { a: { type: "string", required: true } };
const expression = `{{ workflow.input.a + "${"x".repeat(limits.expressionLength / 2)}" }}`;

function codesOf(parts: Record<string, unknown>): [string, string][] {
  const { document } = documentOfValue({ metadata, inputs, ...parts });
  if (document === null) throw new Error("the test's own document cannot be read");
  return checkWorkflow(document, { name: null }).issues.map((issue) => [issue.code, issue.path]);
}

function callWith(texts: readonly string[]): object {
  return { id: "plan", skill: "plan", inputs: Object.fromEntries(texts.map((text, at) => [`t${at}`, text])) };
}

const most = Math.floor(limits.expressionsLength / expression.length);

test("as many expressions are taken as the limit says, and not more", () => {
  const fitting = Array.from({ length: most }, () => expression);
  expect(codesOf({ steps: [callWith(fitting)] })).toEqual([]);
  expect(codesOf({ steps: [callWith([...fitting, expression])] })).toEqual([
    ["expressions_too_long", `/steps/0/inputs/t${most}`],
  ]);
});

test("texts without expressions do not count, conditions and outputs do", () => {
  const plain = Array.from({ length: most * 2 }, () => "y".repeat(expression.length));
  expect(codesOf({ steps: [callWith(plain)] })).toEqual([]);
  const condition = `workflow.input.a == "${"x".repeat(limits.expressionLength / 2)}"`;
  const steps = Array.from({ length: most }, (_, at) => ({ id: `s${at}`, skill: "plan", condition }));
  expect(codesOf({ steps })).toEqual([]);
  expect(codesOf({ steps, outputs: { first: expression, second: expression } })).toEqual([
    ["expressions_too_long", "/outputs/second"],
  ]);
});

test("what is too long is not read: nothing else is said of its expressions", () => {
  const wrong = Array.from({ length: most + 1 }, () => expression.replace("workflow", "workflaw"));
  expect(codesOf({ steps: [callWith(wrong)] }).map(([code]) => code)).toEqual(["expressions_too_long"]);
});
