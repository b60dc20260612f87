import { limits } from "../../contract/limits.ts";
import type { Field } from "../../contract/template/field.ts";
import { fieldName } from "../../contract/template/field.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { checkFields } from "../template/check-field.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { checkCount, checkShape, wrongType } from "../template/check-shape.ts";
import type { DeclaredInputs } from "./workflow-facts.ts";

/** An output of the whole: what it is made of, and its type where it says one. */
export interface DeclaredOutput {
  name: string;
  value: JsonValue;
  /** Where the value is written. */
  path: string;
  field: Field | null;
}

/** What a workflow takes; `inputs` is null where it declares none. */
export function readInputs(root: JsonMap): { inputs: DeclaredInputs | null; findings: Finding[] } {
  const found = own(root, "inputs");
  if (found === undefined) return { inputs: null, findings: [] };
  const { fields, broken, findings } = checkFields(found, "/inputs", "input");
  return { inputs: isMap(found) ? { fields, broken } : null, findings };
}

/** What a workflow gives; without `outputs`, nothing is said of it. */
export function readOutputs(root: JsonMap): { outputs: DeclaredOutput[]; findings: Finding[] } {
  const found = own(root, "outputs");
  if (found === undefined) return { outputs: [], findings: [] };
  if (!isMap(found)) {
    return { outputs: [], findings: [wrongType("/outputs", "a map of names to what they are made of", found)] };
  }
  const entries = Object.entries(found);
  const outputs: DeclaredOutput[] = [];
  const findings = checkCount(entries.length, limits.fields, "outputs", "/outputs");
  if (findings.length > 0) return { outputs, findings };
  for (const [name, written] of entries) {
    const path = childPointer("/outputs", name);
    findings.push(
      ...checkShape(fieldName, name, path).map((finding) => ({
        ...finding,
        code: "bad_name" as const,
        at: "key" as const,
      })),
    );
    if (typeof written === "string") outputs.push({ name, value: written, path, field: null });
    else if (isMap(written)) outputs.push(...typedOutput(name, written, path, findings));
    else findings.push({ ...wrongType(path, "an expression, or a field with a value", written), suggestion: remedy });
  }
  return { outputs, findings };
}

const remedy = 'write "{{ … }}", or a map with type and value';

function typedOutput(name: string, written: JsonMap, path: string, findings: Finding[]): DeclaredOutput[] {
  const { value, ...spec } = written;
  const at = childPointer(path, "value");
  if (value === undefined) {
    const message = "the key value is missing: an output says what it is made of";
    const suggestion = 'add value, like "{{ steps.plan.outputs.tasks }}"';
    findings.push(errorAt("missing_key", at, message, suggestion, "key"));
  }
  const checked = checkFields({ [name]: spec }, "/outputs", "output");
  // A bad name was said before.
  findings.push(...checked.findings.filter((finding) => finding.code !== "bad_name" || finding.path !== path));
  const field = checked.fields.get(name) ?? null;
  return value === undefined ? [] : [{ name, value, path: at, field }];
}
