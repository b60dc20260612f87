import { limits } from "../../contract/limits.ts";
import type { StepFailure } from "./actions.ts";

type InterpretersCode = "expression_failed" | "timed_out" | "rejected" | "limit_reached";

/** A failure that the interpreter finds itself: no other attempt would go better. */
export function failureOf(code: InterpretersCode, message: string): StepFailure {
  const most = limits.failureMessageLength;
  const cut = message.length > most ? `${message.slice(0, most - 1).toWellFormed()}…` : message;
  return { class: "permanent", code, message: cut, detail: null };
}
