import { limits } from "../../../contract/limits.ts";
import type { Finding } from "../../finding.ts";
import type { ChosenFunction } from "../decorators/choose-functions.ts";
import { findingOf } from "../finding-of.ts";
import { idOf } from "./check-signature.ts";

/** Whether the functions of a file can be published together. */
export function checkIds(chosen: readonly ChosenFunction[]): Finding[] {
  const findings: Finding[] = [];
  const taken = new Map<string, string>();
  for (const { fn, runtime } of chosen) {
    const id = idOf(fn.name, runtime);
    const first = taken.get(id);
    if (first === undefined) taken.set(id, fn.name);
    else {
      const message = `${fn.name} and ${first} would both be published as ${id}`;
      findings.push(
        findingOf(
          "error",
          "signature",
          "duplicate_id",
          fn.nameSpan,
          message,
          "rename one of them",
          `/functions/${fn.name}`,
        ),
      );
    }
  }
  const surplus = chosen[limits.functionsPerSource];
  if (surplus !== undefined) {
    const message = `this file publishes ${chosen.length} functions; at most ${limits.functionsPerSource} go into one, and this is the next`;
    findings.push(
      findingOf("error", "signature", "too_many_functions", surplus.fn.nameSpan, message, "split the file"),
    );
  }
  return findings;
}
