/** An expected outcome: a value, or a refusal from a closed list. Bugs and outages throw instead. */
export type Result<Value, Refusal> = { ok: true; value: Value } | { ok: false; failure: Refusal };

export function success<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refusal<Refusal>(failure: Refusal): { ok: false; failure: Refusal } {
  return { ok: false, failure };
}
