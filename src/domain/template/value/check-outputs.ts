import type { Issue } from "../../../contract/issue.ts";
import type { Outputs } from "../../../contract/template/document.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { childPointer } from "../../pointer.ts";
import { checkFieldValue } from "./check-value.ts";
import { quote } from "./show-value.ts";
import { noFindings, report } from "./value-findings.ts";

/** What checking outputs found: the first `limits.issues`, with JSON Pointers into the list of outputs, and how many there are. */
export interface CheckedOutputs {
  issues: Issue[];
  issueCount: number;
}

/**
 * Checks what a handler gave, one set of outputs or several siblings. Every output that the interface declares must be there, unless it is
 * `nullable` or says `required: false`; what it does not declare is refused. Nothing is coerced, and no defaults are put in.
 */
export function checkOutputs(declared: Outputs, siblings: readonly Record<string, unknown>[]): CheckedOutputs {
  const findings = noFindings();
  const fields = Object.entries(declared);
  siblings.forEach((outputs, index) => {
    const path = childPointer("", index);
    for (const [name, field] of fields) {
      const place = childPointer(path, name);
      if (Object.hasOwn(outputs, name)) checkFieldValue(findings, field, outputs[name], place, 2);
      else if (field.nullable !== true && field.required !== false)
        report(findings, "missing_output", place, `the output ${name} (${field.type}) is declared, found nothing`);
    }
    for (const name of Object.keys(outputs)) {
      if (Object.hasOwn(declared, name)) continue;
      report(findings, "unknown_output", childPointer(path, name), `there is no output ${quote(name)}`, () => {
        const meant = didYouMean(name, Object.keys(declared));
        return meant === null ? null : `did you mean ${meant}?`;
      });
    }
  });
  return { issues: findings.issues, issueCount: findings.count };
}
