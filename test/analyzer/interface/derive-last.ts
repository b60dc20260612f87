import type { DerivedInterface } from "../../../src/analyzer/derived-interface.ts";
import { deriveInterface } from "../../../src/analyzer/python/interface/derive-interface.ts";
import { readModule } from "../../../src/analyzer/python/syntax/read-module.ts";
import type { FunctionRuntime } from "../../../src/contract/function/runtime.ts";
import type { Field } from "../../../src/contract/template/field.ts";

/** The interface of the last function in a source. */
export function deriveLast(code: string, runtime: FunctionRuntime = "python"): DerivedInterface {
  const module = readModule(code);
  const fn = module.functions.at(-1);
  if (fn === undefined) throw new Error(`no function in ${code}`);
  return deriveInterface(fn, module, runtime);
}

/** What a parameter, written as in a signature, becomes: its field and the codes of what is found. */
export function deriveParameter(
  written: string,
  definitions = "",
  runtime: FunctionRuntime = "python",
): { field: Field | undefined; codes: string[] } {
  const { interface: derived, findings } = deriveLast(`${definitions}\ndef f(*, ${written}) -> None: ...\n`, runtime);
  return { field: Object.values(derived.inputs)[0], codes: findings.map(({ code }) => code) };
}

/** The text that each finding is about. */
export function placesIn(code: string, runtime: FunctionRuntime = "python"): string[] {
  return deriveLast(code, runtime).findings.map(
    ({ code: found, span }) => `${found} ${code.slice(span.from, span.to)}`,
  );
}
