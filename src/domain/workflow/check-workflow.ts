import type { z } from "zod";
import { type WorkflowDocument, workflowDocument, workflowMetadata } from "../../contract/workflow/document.ts";
import { isMap, type JsonMap, own } from "../document/json-value.ts";
import type { PlacedDocument } from "../document/placed-document.ts";
import { type SettledFindings, settleFindings } from "../document/settle-findings.ts";
import { pointerOf } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { wrongType } from "../template/check-shape.ts";
import { checkCalls } from "./check-calls.ts";
import { checkErrorHandling } from "./check-error-handling.ts";
import { checkExpressions } from "./check-expressions.ts";
import { checkExpressionsLength } from "./check-expressions-length.ts";
import { checkIds } from "./check-ids.ts";
import { checkMetadata } from "./check-metadata.ts";
import { checkStep } from "./check-step.ts";
import { readInputs, readOutputs } from "./read-interface.ts";
import { readSteps } from "./read-steps.ts";
import type { KnownSkills } from "./skill-interface.ts";
import { strangeKeys } from "./step-keys.ts";
import { allNodes } from "./step-node.ts";
import { typingOf } from "./typing.ts";
import { workflowFacts } from "./workflow-facts.ts";

/** What checking a workflow gives. `workflow` is null when there is an error. */
export interface CheckedWorkflow extends Pick<SettledFindings, "issues" | "issueCount"> {
  workflow: WorkflowDocument | null;
}

/** What is known beside the document. */
export interface CheckedAs {
  /** The name that it is published under, where one is told. */
  name: string | null;
  /** What the skills take and give that it calls, where somebody looked them up; then those that nobody has are warned of. */
  skills?: KnownSkills;
}

/** Checks a workflow's document, and reports all findings together. */
export function checkWorkflow(document: PlacedDocument, as: CheckedAs): CheckedWorkflow {
  const root = document.value;
  if (!isMap(root)) {
    const expected = "a map with the keys metadata and steps";
    return { ...settleFindings([wrongType("", expected, root)], document), workflow: null };
  }
  const findings = findingsOf(root, as);
  const parsed = workflowDocument.safeParse(root);
  // The rules say the same in words. Should they ever miss something, it is refused all the same.
  if (!parsed.success && findings.every(({ severity }) => severity === "warning"))
    findings.push(misshapen(parsed.error));
  const { isRefused, ...settled } = settleFindings(findings, document);
  return { ...settled, workflow: isRefused ? null : (parsed.data ?? null) };
}

/** What a workflow says of itself, as far as it can be read. */
export function workflowHeader(document: PlacedDocument): { id: string | null; version: string | null } {
  const metadata = isMap(document.value) ? own(document.value, "metadata") : undefined;
  const id = isMap(metadata) ? workflowMetadata.shape.id.safeParse(own(metadata, "id")) : null;
  const given = isMap(metadata) ? own(metadata, "version") : undefined;
  return {
    id: id?.success === true ? id.data : null,
    version: typeof given === "string" ? given.slice(0, 100) : null,
  };
}

function findingsOf(root: JsonMap, as: CheckedAs): Finding[] {
  const { steps, findings: unreadable } = readSteps(root);
  const { inputs, findings: inputFindings } = readInputs(root);
  const { outputs, findings: outputFindings } = readOutputs(root);
  const facts = workflowFacts(steps, inputs);
  const known = as.skills ?? null;
  const typing = typingOf(facts, known);
  const tooLong = checkExpressionsLength(facts, outputs);
  return [
    ...strangeKeys(root, workflowKeys, "", homes),
    ...checkMetadata(root, as.name),
    ...inputFindings,
    ...outputFindings,
    ...unreadable,
    ...allNodes(steps).flatMap(checkStep),
    ...checkIds(steps),
    ...(tooLong.length > 0 ? tooLong : checkExpressions(facts, outputs, typing)),
    ...(known === null || tooLong.length > 0 ? [] : checkCalls(facts, known, typing)),
    ...checkErrorHandling(root),
  ];
}

function misshapen({ issues }: z.ZodError): Finding {
  const [first] = issues;
  return errorAt("bad_form", pointerOf(first?.path ?? []), `this is not of a workflow's form: ${first?.message ?? ""}`);
}

const workflowKeys = Object.keys(workflowDocument.shape);

/** Where keys belong that are often written at the root. */
const homes: Record<string, string> = {
  id: "metadata",
  name: "metadata",
  version: "metadata",
  description: "metadata",
  author: "metadata",
  category: "metadata",
  tags: "metadata",
  retry_count: "error_handling",
  backoff: "error_handling",
  timeout: "error_handling",
  on_error: "error_handling",
};
