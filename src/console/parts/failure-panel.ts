import { CallFailure } from "../../client/call-failure.ts";
import { button, element } from "./element.ts";

/** Says why something could not be shown, and offers to try again. */
export function failurePanel(failure: unknown, retry: () => void): HTMLElement {
  const { title, detail, code } = told(failure);
  return element(
    "div",
    { class: "panel failure", role: "alert" },
    element("h2", {}, title),
    element("p", {}, detail),
    code === null ? null : element("p", { class: "quiet" }, element("code", {}, code)),
    button("Try again", { class: "primary" }, retry),
  );
}

/** A failure in words; also used where there is no room for a panel. */
export function told(failure: unknown): { title: string; detail: string; code: string | null } {
  if (!(failure instanceof CallFailure)) {
    return {
      title: "The console failed",
      detail: failure instanceof Error ? failure.message : `${failure}`,
      code: null,
    };
  }
  const { reason, problem, message } = failure;
  if (problem !== null) {
    return { title: problem.title, detail: problem.detail, code: `${problem.code} · request ${problem.request_id}` };
  }
  if (reason.kind === "unreachable" || reason.kind === "timed_out") {
    const detail = `${message}. What you see elsewhere on this page may be older than it looks.`;
    return { title: "The registry does not answer", detail, code: null };
  }
  if (reason.kind === "malformed") return { title: "This cannot be asked for", detail: message, code: null };
  return { title: "The registry cannot be understood", detail: message, code: null };
}
