import type { HealthCheck } from "../../contract/agent/health.ts";

/** What one check found; `message` says why, where it is not healthy. */
export interface HealthFinding {
  state: HealthCheck["state"];
  latencyMs: number | null;
  message: string | null;
}

/** How an address stands after a check. `at` is when the check began (RFC 3339). */
export function nextHealth(before: HealthCheck, found: HealthFinding, at: string): HealthCheck {
  const { state, latencyMs, message } = found;
  const isSame = before.checked_at !== null && before.state === state;
  return {
    state,
    checked_at: at,
    changed_at: isSame ? before.changed_at : at,
    latency_ms: latencyMs,
    message,
    failures: state === "unhealthy" ? before.failures + 1 : 0,
  };
}
