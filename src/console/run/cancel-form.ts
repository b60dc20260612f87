import { cancelRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";

const longestReason = 2000;

/** A button to cancel a run, which asks once more: there is no way back. `onCancelled` is given the run as it stands then. */
export function cancelForm(
  registry: Registry,
  runId: string,
  onCancelled: (run: Run) => void,
  left: AbortSignal,
): HTMLElement {
  const reason = element("input", { maxlength: String(longestReason), autocomplete: "off" });
  const go = element("button", { type: "submit", class: "danger" }, "Yes, cancel it");
  const trouble = element("p", { role: "alert" });
  const form = element(
    "form",
    { class: "panel cancel", hidden: true },
    element("label", {}, element("span", {}, "Why, if you like"), reason),
    element(
      "div",
      { class: "actions" },
      go,
      button("No", {}, () => show(false)),
    ),
    trouble,
  );
  const first = button("Cancel the run", { "aria-expanded": "false" }, () => show(form.hidden !== false));

  function show(isShown: boolean): void {
    form.hidden = !isShown;
    first.setAttribute("aria-expanded", String(isShown));
    (isShown ? reason : first).focus();
  }

  async function cancel(): Promise<void> {
    const why = reason.value.trim();
    go.disabled = true;
    trouble.textContent = "";
    try {
      const run = await registry.client.call(cancelRun, {
        params: { run_id: runId },
        body: why === "" ? {} : { reason: why },
        signal: left,
        isIdempotent: true,
      });
      onCancelled(run);
    } catch (failure) {
      if (left.aborted) return;
      trouble.textContent = told(failure).detail;
      go.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void cancel();
  });
  return element("div", {}, first, form);
}
