import { limits } from "../../contract/limits.ts";
import { errorHandling } from "../../contract/workflow/document.ts";
import { isMap, type JsonMap, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import type { Finding } from "../template/check-finding.ts";
import { checkShape, wrongType } from "../template/check-shape.ts";
import { checkTimeout } from "./check-timing.ts";
import { strangeKeys } from "./step-keys.ts";

const path = "/error_handling";

/** What is wrong with what a workflow says about failures. */
export function checkErrorHandling(root: JsonMap): Finding[] {
  const found = own(root, "error_handling");
  if (found === undefined) return [];
  if (!isMap(found)) return [wrongType(path, "a map with retry_count, backoff, timeout, on_error", found)];
  const findings = strangeKeys(found, Object.keys(errorHandling.shape), path);
  for (const key of ["retry_count", "backoff", "on_error"] as const) {
    const value = own(found, key);
    if (value !== undefined) findings.push(...checkShape(errorHandling.shape[key], value, childPointer(path, key)));
  }
  findings.push(...checkTimeout(own(found, "timeout"), childPointer(path, "timeout"), limits.workflowTimeoutSeconds));
  return findings;
}
