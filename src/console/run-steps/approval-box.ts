import { approveRun } from "../../contract/http/workflow-runs.ts";
import { limits } from "../../contract/limits.ts";
import type { Run } from "../../contract/run/run.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { showTime } from "../parts/show-time.ts";

/** A question of a step that waits, and a place to answer it. `onAnswer` is given the run as it stands then. */
export function approvalBox(
  registry: Registry,
  runId: string,
  { path, approval }: StepState,
  onAnswer: (run: Run) => void,
  left: AbortSignal,
): HTMLElement {
  const comment = element("textarea", { rows: "2", maxlength: String(limits.commentLength) });
  const trouble = element("p", { role: "alert" });
  const yes = button("Approve", { class: "primary", "aria-label": `Approve ${path}` }, () => void answer(true));
  const no = button("Reject", { "aria-label": `Reject ${path}` }, () => void answer(false));

  async function answer(approved: boolean): Promise<void> {
    const said = comment.value.trim();
    yes.disabled = true;
    no.disabled = true;
    trouble.textContent = "";
    try {
      const run = await registry.client.call(approveRun, {
        params: { run_id: runId },
        body: { step: path, approved, ...(said === "" ? {} : { comment: said }) },
        signal: left,
        isIdempotent: true,
      });
      onAnswer(run);
    } catch (failure) {
      if (left.aborted) return;
      trouble.textContent = told(failure).detail;
      yes.disabled = false;
      no.disabled = false;
    }
  }

  const approvers = approval?.approvers ?? null;
  return element(
    "li",
    { class: "panel approval", "data-path": path },
    element("h3", {}, "Step ", element("code", {}, path), " asks"),
    element("p", { class: "question" }, approval?.message ?? ""),
    element(
      "p",
      { class: "quiet" },
      approvers === null ? "Whoever may run workflows may answer." : `${approvers.join(", ")} may answer.`,
      approval?.until == null ? null : " Time is up ",
      approval?.until == null ? null : showTime(approval.until),
      approval?.until == null ? null : ".",
    ),
    element("label", {}, element("span", {}, "Comment, if you like"), comment),
    element("div", { class: "actions" }, yes, no),
    trouble,
  );
}
