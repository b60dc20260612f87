import type { Duration } from "../../contract/workflow/retry.ts";

/** How many seconds a duration is: `30`, `"500ms"`, `"5m"`. */
export function durationSeconds(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const [, count = "0", unit = "s"] = /^([\d.]+)(ms|s|m|h|d)$/.exec(duration) ?? [];
  return Number(count) * (secondsOf[unit] ?? 1);
}

const secondsOf: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 24 * 3600 };
