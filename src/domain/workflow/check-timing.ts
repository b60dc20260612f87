import { limits } from "../../contract/limits.ts";
import { maxAttempts } from "../../contract/run/run-request.ts";
import { duration, retryRule } from "../../contract/workflow/retry.ts";
import { isMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { checkShape, wrongType } from "../template/check-shape.ts";
import { showValue } from "../template/value/show-value.ts";
import { durationSeconds } from "./duration-seconds.ts";

/** What is wrong with a timeout. */
export function checkTimeout(value: JsonValue | undefined, path: string, mostSeconds: number): Finding[] {
  if (value === undefined) return [];
  const parsed = duration.safeParse(value);
  if (!parsed.success) {
    const message = `a timeout is seconds above 0, or a number with ms, s, m, h or d; found ${showValue(value)}`;
    return [errorAt("timeout_invalid", path, message, remedy(value))];
  }
  const seconds = durationSeconds(parsed.data);
  if (seconds <= 0) {
    return [errorAt("timeout_invalid", path, "the timeout is 0: nothing could be done in it", "leave it out")];
  }
  if (seconds <= mostSeconds) return [];
  const message = `the timeout is ${seconds} s; at most ${mostSeconds} s (${mostSeconds / 86_400} d) are waited here`;
  return [errorAt("timeout_invalid", path, message, `write ${mostSeconds / 86_400}d or less`)];
}

/** What is wrong with a step's `retry`. */
export function checkRetry(value: JsonValue | undefined, path: string): Finding[] {
  if (value === undefined) return [];
  if (typeof value === "number") return checkShape(maxAttempts, value, path);
  if (!isMap(value)) return [wrongType(path, "a number of attempts, or a map with max_attempts", value)];
  const findings = checkShape(retryRule, value, path, Object.keys(retryRule.shape));
  const [first, most] = [own(value, "initial_seconds"), own(value, "max_seconds")];
  if (typeof first === "number" && typeof most === "number" && first > most) {
    const message = `initial_seconds ${first} is above max_seconds ${most}`;
    findings.push(errorAt("bounds_crossed", childPointer(path, "initial_seconds"), message, "swap the two"));
  }
  return findings;
}

/** The longest wait for a step that calls a skill, and for all others. */
export function longestTimeout(isCall: boolean): number {
  return isCall ? limits.stepTimeoutSeconds : limits.workflowTimeoutSeconds;
}

function remedy(value: JsonValue): string {
  if (typeof value !== "string") return "write seconds, like 30, or 30s, 5m, 2h, 7d";
  const [, count, unit = ""] = /^\s*([\d.]+)\s*([a-z]+)\s*$/i.exec(value) ?? [];
  const letter =
    unit.toLowerCase().startsWith("ms") || unit.toLowerCase().startsWith("milli") ? "ms" : unit.charAt(0).toLowerCase();
  const isReadable = count !== undefined && ["ms", "s", "m", "h", "d"].includes(letter);
  return isReadable ? `write ${count}${letter}` : "write seconds, like 30, or 30s, 5m, 2h, 7d";
}
