import { childPointer } from "../../pointer.ts";
import { isRecord } from "./json-equality.ts";
import { showValue } from "./show-value.ts";
import { report, reportTooDeep, type ValueFindings } from "./value-findings.ts";

/** Checks a value whose content the interface leaves open: it must be JSON, and not deeper than a document may be. */
export function checkOpaqueValue(findings: ValueFindings, value: unknown, path: string, depth: number): void {
  if (reportTooDeep(findings, path, depth)) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1)
      checkOpaqueValue(findings, value[index], childPointer(path, index), depth + 1);
  } else if (isRecord(value)) {
    for (const [name, member] of Object.entries(value))
      checkOpaqueValue(findings, member, childPointer(path, name), depth + 1);
  } else if (!isJsonScalar(value)) {
    report(findings, "not_json", path, `found ${showValue(value)}, which JSON cannot carry`);
  }
}

function isJsonScalar(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "string" || typeof value === "boolean";
}
