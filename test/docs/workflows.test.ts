import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { workflowLimits } from "../../src/contract/limits/workflow-limits.ts";
import { errorHandling, workflowDocument, workflowMetadata } from "../../src/contract/workflow/document.ts";
import { retryRule } from "../../src/contract/workflow/retry.ts";
import {
  approvalStep,
  callStep,
  conditionalStep,
  mapStep,
  parallelStep,
  sequenceStep,
  stepType,
} from "../../src/contract/workflow/step.ts";
import { stepStateName } from "../../src/contract/workflow/step-state.ts";
import { knownFunctions } from "../../src/domain/expression/functions.ts";
import { inferType } from "../../src/domain/expression/infer-type.ts";
import { parseExpression } from "../../src/domain/expression/parse-expression.ts";
import type { WorkflowRuleCode } from "../../src/domain/workflow/issue-codes.ts";
import { checkText } from "../domain/workflow/read-corpus.ts";
import { shippedFiles } from "../domain/workflow/shipped-skills.ts";

const page = readFileSync(new URL("../../docs/workflows.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^(.*)\n\n```yaml( bad)?\n([\s\S]*?)^```$/gm)].map((found) => ({
  line: page.slice(0, found.index).split("\n").length + 2,
  above: found[1] ?? "",
  isBad: found[2] !== undefined,
  source: found[3] ?? "",
}));

describe("the documents on the page", () => {
  test("every one was found", () => {
    expect(blocks).toHaveLength(page.match(/^```yaml/gm)?.length ?? 0);
    expect(blocks.filter(({ isBad }) => isBad).length).toBeGreaterThan(4);
  });

  test.each(blocks)("the one at line $line has the issues that are announced", ({ above, isBad, source }) => {
    const codes = checkText(source).issues.map(({ code }) => code);
    expect(codes).toEqual(isBad ? [/^`([a-z_]+)`/.exec(above)?.[1]] : []);
  });
});

/** The rows under the table head that starts with these words. */
function tableUnder(head: string): string[][] {
  const start = page.indexOf(`| ${head} |`);
  if (start < 0) throw new Error(`no table starts with ${head}`);
  const lines = page.slice(start).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));
}

const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
const firstCells = (head: string) =>
  tableUnder(head)
    .flatMap(([cell]) => quoted(cell))
    .sort();
const sorted = (words: Iterable<string>) => [...new Set(words)].sort();

describe("the tables on the page", () => {
  test.each([
    ["key", Object.keys(workflowDocument.shape)],
    ["key of metadata", Object.keys(workflowMetadata.shape)],
    ["key of error_handling", Object.keys(errorHandling.shape)],
    ["key of retry", Object.keys(retryRule.shape)],
    ["key of a map's branches", Object.keys(mapStep.shape.branches.shape)],
  ])("every %s is told, and none that there is not", (head, keys) => {
    expect(firstCells(head)).toEqual(sorted(keys));
  });

  test("every key of a step is told where it belongs", () => {
    const common = firstCells("key of a step");
    expect(sorted([...common, ...firstCells("key of a call")])).toEqual(sorted(Object.keys(callStep.shape)));
    expect(sorted([...common, ...firstCells("key of an approval")])).toEqual(sorted(Object.keys(approvalStep.shape)));
    const others = [...common, "branches", "skill"];
    for (const { shape } of [sequenceStep, parallelStep, conditionalStep]) {
      expect(sorted(others)).toEqual(sorted(Object.keys(shape)));
    }
    expect(sorted([...others, "outputs"])).toEqual(sorted(Object.keys(mapStep.shape)));
  });

  test("every step_type is told, with its branches", () => {
    const rows = tableUnder("step_type | branches");
    expect(sorted(rows.flatMap(([type]) => quoted(type)))).toEqual(sorted(stepType.options));
    const branches = (type: string) =>
      rows.filter(([cell]) => cell === `\`${type}\``).flatMap(([, cell]) => quoted(cell));
    expect(branches("parallel")).toEqual(Object.keys(parallelStep.shape.branches.shape));
    expect(branches("conditional")).toEqual(Object.keys(conditionalStep.shape.branches.shape));
    expect(branches("map")).toEqual(Object.keys(mapStep.shape.branches.shape));
  });

  test("the issue codes are those of the code", () => {
    const codes = {
      step_duplicate: true,
      step_type_unknown: true,
      steps_empty: true,
      steps_too_deep: true,
      key_not_for_step: true,
      skill_ignored: true,
      skill_invalid: true,
      timeout_invalid: true,
      default_without_timeout: true,
      item_name_taken: true,
      expression_invalid: true,
      expressions_too_long: true,
      function_unknown: true,
      root_unknown: true,
      input_undeclared: true,
      input_may_be_missing: true,
      item_outside_map: true,
      step_unknown: true,
      step_computed: true,
      step_part_unknown: true,
      step_itself: true,
      step_later: true,
      step_beside: true,
      step_other_branch: true,
      step_in_map: true,
      step_may_be_skipped: true,
      output_unknown: true,
      type_mismatch: true,
      skill_unresolved: true,
      call_input_missing: true,
      call_input_unknown: true,
    } satisfies Record<WorkflowRuleCode, true>;
    expect(tableUnder("code | says").flatMap(([code]) => quoted(code))).toEqual(Object.keys(codes));
  });

  test("the states of a step are those of the contract", () => {
    expect(firstCells("state of a step")).toEqual(sorted(stepStateName.options));
  });

  test("the patterns are the workflows that ship", () => {
    const files = shippedFiles("workflows");
    expect(firstCells("workflow | pattern")).toEqual(sorted(files.map((file) => file.replace(".yaml", ""))));
    for (const file of files) expect(page).toContain(`](../templates/workflows/${file})`);
  });

  test("the limits are those of the code", () => {
    const told = tableUnder("what | limit").map(([, limit, constant]) => [quoted(constant)[0], Number(limit)]);
    expect(Object.fromEntries(told)).toEqual(workflowLimits);
  });

  test("every example of CEL can be read, and every function is told", () => {
    const examples = tableUnder("CEL | example").flatMap(([, cell]) => quoted(cell));
    const isOperator = (text: string) => /^\W+$/.test(text);
    const used = examples
      .filter((text) => !isOperator(text))
      .map((text) => {
        const read = parseExpression(text);
        if (!read.ok) throw new Error(`${text}: ${read.failure.message}`);
        const any = { type: "any" } as const;
        expect(inferType(read.value, { x: any, workflow: any, steps: any }).issues).toEqual([]);
        return read.value.functions;
      });
    const untold = [...knownFunctions.keys()].filter((name) => name !== "dyn" && !used.flat().includes(name));
    expect(untold).toEqual([]);
  });
});
