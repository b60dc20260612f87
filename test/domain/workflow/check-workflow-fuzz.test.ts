import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { workflowDocument } from "../../../src/contract/workflow/document.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { readDocument } from "../../../src/domain/document/read-document.ts";
import { checkWorkflow, workflowHeader } from "../../../src/domain/workflow/check-workflow.ts";
import { skillsOf } from "../../../src/domain/workflow/skills-of.ts";
import { readCorpus } from "./read-corpus.ts";

const files = [...readCorpus("good"), ...readCorpus("bad")];
const values = files.flatMap(({ text }) => readDocument(text).document?.value ?? []);
const words = [
  ..."metadata id name version description steps step_type skill inputs outputs condition branches if_true if_false".split(
    " ",
  ),
  ..."over as max_concurrency default timeout retry max_attempts compensate message approvers error_handling value".split(
    " ",
  ),
  ..."on_error type properties items required workflow_id constructor __proto__ toString sequential parallel map".split(
    " ",
  ),
  ..."conditional switch approval execute_workflow continue exponential 1.0.0 plan string object array 5m item".split(
    " ",
  ),
];
const texts = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(
    "{{ steps.plan.outputs.x }}",
    "{{ item }}",
    "{{",
    "{{ 1 + }}",
    "a {{ workflow.input.a }} b",
    "true",
    "",
  ),
  fc.string({ maxLength: 12, unit: "binary" }),
);
const scalar = fc.oneof(texts, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const { value: tree } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 })), tie("value"), { maxKeys: 6 }),
  ),
}));

describe("whatever a document holds", () => {
  test("checking a tree of random keys ends, with well-formed issues", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...words), tree), (value) => void expectSound(value)),
      { numRuns: 500 },
    );
  });

  test("checking a document of the corpus with some part replaced ends, with well-formed issues", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...values),
        fc.nat(),
        fc.oneof(tree, fc.constantFrom(...values)),
        (value, at, put) => {
          const paths = pathsOf(value);
          expectSound(replaced(value, paths[at % paths.length] ?? [], put));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("checking a text of the corpus with some slips ends, with places inside of the text", () => {
    const slip = fc.record({
      at: fc.nat(3000),
      length: fc.nat(12),
      text: fc.oneof(texts, fc.constantFrom("- ", ": ", "\n", "{", "}", "'")),
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(slip, { minLength: 1, maxLength: 4 }), ({ text }, slips) => {
        const slipped = slips.reduce((before, { at, length, text: put }) => {
          const from = at % (before.length + 1);
          return before.slice(0, from) + put + before.slice(from + length);
        }, text);
        const { document } = readDocument(slipped);
        if (document === null) return;
        const lines = slipped.split(/\r\n?|\n/).length;
        for (const { line, column } of checkWorkflow(document, { name: null }).issues) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("the largest documents are checked", () => {
  const many = Array.from({ length: limits.workflowSteps }, (_, at) => at);
  const reads = many.slice(0, 20).map((at) => `{{ steps.s${at}.outputs.x }}`);
  const row = many.map((at) => ({
    id: `s${at}`,
    skill: "plan",
    ...(at > 20 ? { inputs: { all: reads.join(" "), list: reads } } : {}),
  }));
  expectSound({ metadata, steps: row });
  const wide = {
    id: "p",
    step_type: "parallel",
    branches: { steps: row.slice(1).map(({ id, skill }) => ({ id, skill })) },
  };
  const outputs = Object.fromEntries(many.slice(0, 250).map((at) => [`o${at}`, `{{ steps.p.outputs.s${at + 1}.x }}`]));
  const { issues } = expectSound({ metadata, steps: [wide], outputs });
  expect(issues).toEqual([]);
});

const metadata = { id: "flow", name: "Flow", version: "1.0.0", description: "Flows." };

function expectSound(value: unknown) {
  const { document } = documentOfValue(value);
  if (document === null) return { issues: [] };
  workflowHeader(document);
  const { workflow, issues, issueCount } = checkWorkflow(document, { name: null, skills: new Map() });
  expect(workflow === null).toBe(issues.some((issue) => issue.severity === "error"));
  expect(issueCount).toBeGreaterThanOrEqual(issues.length);
  for (const issue of issues) {
    expect(issue.message).not.toMatch(/undefined|\[object|of a workflow's form/);
    expect(issue.path).toMatch(/^(\/.*)?$/s);
  }
  if (workflow === null) return { issues };
  expect(workflowDocument.parse(workflow)).toEqual(workflow);
  skillsOf(workflow);
  return { issues };
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, put) : item));
  if (typeof value !== "object" || value === null) return put;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, put) : item]),
  );
}
