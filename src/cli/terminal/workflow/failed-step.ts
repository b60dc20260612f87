import type { Run } from "../../../contract/run/run.ts";
import type { StepState } from "../../../contract/workflow/step-state.ts";
import { shortId } from "../../short-id.ts";
import { plainText } from "../plain-text.ts";
import { runFailureAdvice } from "../run-failure-advice.ts";

/** What can be done about a run's failure; of a workflow, whose logs are those of the run that did the step. */
export function failureAdvice(run: Extract<Run, { state: "failed" }>, steps: Iterable<StepState>): string {
  const advice = runFailureAdvice[run.failure.code];
  if (run.kind !== "workflow") return advice;
  const failed = [...steps].find(({ state, failure, run: child }) => {
    return state === "failed" && failure?.code === run.failure.code && child !== null;
  });
  if (failed === undefined || failed.run === null) return advice;
  const id = shortId(failed.run);
  return `step ${plainText(failed.path)} was done by run ${id}: \`callsheet why ${id}\`, \`callsheet runs logs ${id}\``;
}
