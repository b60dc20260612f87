import { CallFailure } from "../../client/call-failure.ts";
import type { Registry } from "../open-registry.ts";
import { failurePanel } from "../parts/failure-panel.ts";
import { tokenForm } from "./token-form.ts";

/** Stands where an answer would be: asks for a token where that is what is missing, else says what failed. */
export function noAnswerPanel(registry: Registry, failure: unknown, retry: () => void): HTMLElement {
  const why = tokenMissing(registry, failure);
  return why === null ? failurePanel(failure, retry) : tokenForm(registry, why, retry);
}

/** Why a token is asked for; null where that would not help. */
export function tokenMissing(registry: Registry, failure: unknown): string | null {
  if (!(failure instanceof CallFailure) || failure.problem?.code !== "UNAUTHENTICATED") return null;
  return registry.hasToken
    ? "The registry does not know the token that was given; try another."
    : "The registry tells this only to those who have a token.";
}
