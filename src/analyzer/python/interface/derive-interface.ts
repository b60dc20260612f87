import type { Docstring } from "../../../contract/function/analysis.ts";
import { arrayRuntimes, type FunctionRuntime } from "../../../contract/function/runtime.ts";
import type { Parameter } from "../../../contract/function/signature.ts";
import { type Field, fieldName } from "../../../contract/template/field.ts";
import { childPointer } from "../../../domain/pointer.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import type { DerivedInterface } from "../../derived-interface.ts";
import { noDocs, readDocstring } from "../../docs/read-docstring.ts";
import type { Finding } from "../../finding.ts";
import type { Expression } from "../syntax/expression.ts";
import type { PythonFunction, PythonModule, PythonParameter } from "../syntax/python-module.ts";
import { withDescription } from "./apply-constraints.ts";
import { arrayOutputs } from "./array-outputs.ts";
import { checkDocs } from "./check-docs.ts";
import { deriveField } from "./derive-field.ts";
import { arrayInputFormats } from "./known-types.ts";
import { parameterField } from "./parameter-field.ts";
import { plainOutputs } from "./plain-outputs.ts";
import { runnerInputs } from "./runner-inputs.ts";
import { type TypeReading, typeBudget } from "./type-reading.ts";

/** The interface of a Python function, as its annotations, defaults, `return`s and docstring tell it; nothing is executed. */
export function deriveInterface(fn: PythonFunction, module: PythonModule, runtime: FunctionRuntime): DerivedInterface {
  const docs = fn.docstring === null ? noDocs : readDocstring(fn.docstring);
  const findings: Finding[] = [];
  const path = childPointer("/functions", fn.name);
  const reading: TypeReading = {
    module,
    side: "input",
    findings,
    told: new Set(),
    path,
    place: null,
    within: [],
    depth: 1,
    level: 0,
    budget: { left: typeBudget, isSpent: false },
    derive: deriveField,
    classDocs: new Map(),
  };
  const isArray = arrayRuntimes.some((one) => one === runtime);
  const legal = fn.parameters.filter((parameter) => checkName(reading, parameter));
  const inputs = inputsOf(reading, legal, docs, isArray);
  const outputs = (isArray ? arrayOutputs : plainOutputs)(
    { ...reading, side: "output", path: `${path}/returns` },
    fn,
    docs,
  );
  checkDocs(findings, path, fn, docs);
  return {
    interface: { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs.fields) },
    parameters: legal.map((parameter) => describe(module, parameter)),
    returns: { annotation: fn.returns === null ? null : written(module, fn.returns), ...outputs.returns },
    docs,
    findings,
  };
}

function inputsOf(
  reading: TypeReading,
  parameters: readonly PythonParameter[],
  docs: Docstring,
  isArray: boolean,
): [string, Field][] {
  const given = parameters.filter(({ kind }) => kind !== "var_positional" && kind !== "var_keyword");
  const inputs = given.map((parameter, at): [string, Field] => {
    const { name } = parameter;
    const text = Object.hasOwn(docs.args, name) ? docs.args[name] : undefined;
    if (isArray && at === 0 && name === "image") return [name, withDescription(imageInput, text)];
    const path = childPointer(`${reading.path}/parameters`, name);
    return [name, parameterField({ ...reading, path }, parameter, text)];
  });
  const names = new Set(parameters.map(({ name }) => name));
  return isArray ? [...inputs, ...runnerInputs.filter(([name]) => !names.has(name))] : inputs;
}

/** The stack that every array function takes first, whatever its annotation says. */
const imageInput: Field = { type: "file", required: true, format: arrayInputFormats };

function checkName(reading: TypeReading, { name, span }: PythonParameter): boolean {
  if (fieldName.safeParse(name).success) return true;
  reading.findings.push({
    stage: "signature",
    severity: "error",
    code: "illegal_parameter",
    message: `the parameter ${quote(name)} can name no input: a name is a letter or _ followed by letters, digits and _ (64 at most), without accents`,
    suggestion: "rename the parameter",
    span,
    path: childPointer(`${reading.path}/parameters`, name),
  });
  return false;
}

function describe(module: PythonModule, parameter: PythonParameter): Parameter {
  const { name, kind, annotation, default: given } = parameter;
  const isVariadic = kind === "var_positional" || kind === "var_keyword";
  return {
    name,
    kind,
    annotation: annotation === null ? null : written(module, annotation),
    default_text: given === null ? null : written(module, given),
    required: given === null && !isVariadic,
  };
}

function written(module: PythonModule, { from, to }: Expression): string {
  return module.code.slice(from, to);
}
