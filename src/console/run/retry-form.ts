import { retryRun } from "../../contract/http/workflow-runs.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { newRunKey } from "../callable/run-key.ts";
import type { Registry } from "../open-registry.ts";
import { choice } from "../parts/choice.ts";
import { element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { labelled } from "../parts/labelled.ts";
import { runLink } from "../place/place-link.ts";

/** Steps that are offered to begin from. */
const mostSteps = 200;

/** A form to run a workflow again from a step on, keeping what was done before; the new run's page opens. */
export function retryForm(
  registry: Registry,
  runId: string,
  { hasFailed, steps }: { hasFailed: boolean; steps: readonly StepState[] },
  left: AbortSignal,
): HTMLElement {
  const from = choice("from", "", [
    ...(hasFailed ? [["", "the first that failed"] as const] : []),
    ...steps
      .filter(mayBegin)
      .slice(0, mostSteps)
      .map(({ path, state }) => [path, `${path} (${state})`] as const),
  ]);
  const go = element("button", { type: "submit" }, "Retry");
  const trouble = element("p", { role: "alert" });
  const form = element(
    "form",
    { class: "retry" },
    element("div", { class: "actions" }, go, labelled("from step", from)),
    element("p", { class: "quiet" }, "A new run on the same inputs; what was done before that step is kept."),
    trouble,
  );
  // The same choice under the same key makes one run, however often it is sent.
  const keys = new Map<string, string>();

  async function retry(): Promise<void> {
    const key = keys.get(from.value) ?? newRunKey();
    keys.set(from.value, key);
    go.disabled = true;
    trouble.textContent = "";
    try {
      const begun = await registry.client.call(retryRun, {
        params: { run_id: runId },
        body: from.value === "" ? {} : { from: from.value },
        headers: { "idempotency-key": key },
        signal: left,
        isIdempotent: true,
      });
      window.location.hash = runLink(begun.id);
    } catch (failure) {
      if (left.aborted) return;
      trouble.textContent = told(failure).detail;
      go.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void retry();
  });
  return form;
}

/** Of a map's many items only those that did not succeed are worth a choice; what undid a step is none. */
function mayBegin({ path, state }: StepState): boolean {
  if (path.includes("!") || state === "skipped") return false;
  return !path.includes("[") || state === "failed" || state === "cancelled";
}
