import { limits } from "../../contract/limits.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { JsonMap } from "../document/json-value.ts";
import { checkOutputs } from "../template/value/check-outputs.ts";
import { interfaceOfWorkflow } from "../workflow/skill-interface.ts";
import type { StepFailure } from "./actions.ts";

/** What is wrong with outputs of the whole whose type the document says; null when nothing is. One that was left out is none of them. */
export function checkDeclaredOutputs(document: WorkflowDocument, values: JsonMap): StepFailure | null {
  const { outputs } = interfaceOfWorkflow(document);
  const typed = Object.entries(outputs ?? {}).filter(
    ([name]) => Object.hasOwn(values, name) && typeof document.outputs?.[name] !== "string",
  );
  const given = Object.fromEntries(typed.map(([name]) => [name, values[name]]));
  const { issues, issueCount } = checkOutputs(Object.fromEntries(typed), [given]);
  if (issueCount === 0) return null;
  // Of the one set of outputs that there is.
  const told = issues.map(({ path, message }) => `${path.replace(/^\/0\//, "outputs/")}: ${message}`);
  const more = issueCount > 1 ? ` (and ${issueCount - 1} more)` : "";
  return {
    class: "validation",
    code: "invalid_outputs",
    message: `${(told[0] ?? "").slice(0, limits.failureMessageLength - more.length).toWellFormed()}${more}`,
    detail: told.join("\n").slice(0, limits.failureDetailLength).toWellFormed(),
  };
}
