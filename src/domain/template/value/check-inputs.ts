import type { Issue } from "../../../contract/issue.ts";
import type { TemplateInterface } from "../../../contract/template/document.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { childPointer } from "../../pointer.ts";
import { checkFieldValue } from "./check-value.ts";
import { mustBeGiven } from "./field-facts.ts";
import { isRecord } from "./json-equality.ts";
import { quote, showValue } from "./show-value.ts";
import { noFindings, report } from "./value-findings.ts";
import { withMemberDefaults } from "./with-defaults.ts";

/** What checking inputs found. `inputs` may be used only when `issueCount` is 0. */
export interface CheckedInputs {
  /** The first `limits.issues`, with JSON Pointers into the inputs. */
  issues: Issue[];
  /** How many there are. */
  issueCount: number;
  /** A copy with defaults applied, in the order in which the interface declares them. */
  inputs: Record<string, unknown>;
}

/** Checks all inputs of a run together, and gives them back with defaults applied. */
export function checkInputs(iface: Pick<TemplateInterface, "inputs">, inputs: unknown): CheckedInputs {
  const findings = noFindings();
  if (!isRecord(inputs)) {
    report(findings, "wrong_type", "", `expected an object of inputs, found ${showValue(inputs)}`);
    return { issues: findings.issues, issueCount: findings.count, inputs: {} };
  }
  const declared = Object.entries(iface.inputs);
  const names = declared.map(([name]) => name);
  for (const [name, field] of declared) {
    if (Object.hasOwn(inputs, name)) checkFieldValue(findings, field, inputs[name], childPointer("", name), 1);
    else if (mustBeGiven(field))
      report(
        findings,
        "missing_input",
        childPointer("", name),
        `the input ${name} (${field.type}) is required, found nothing`,
      );
  }
  for (const name of Object.keys(inputs)) {
    if (Object.hasOwn(iface.inputs, name)) continue;
    report(findings, "unknown_input", childPointer("", name), `there is no input ${quote(name)}`, () => {
      const meant = didYouMean(name, names);
      return meant === null ? knownInputs(names) : `did you mean ${meant}?`;
    });
  }
  const given = findings.count === 0 ? Object.fromEntries(withMemberDefaults(declared, inputs)) : {};
  return { issues: findings.issues, issueCount: findings.count, inputs: given };
}

function knownInputs(names: readonly string[]): string {
  if (names.length === 0) return "it takes no inputs";
  const shown = names.slice(0, 20).join(", ");
  return names.length > 20 ? `its inputs are ${shown} …` : `its inputs are ${shown}`;
}
