import { limits } from "../../../contract/limits.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import type { Span } from "../../finding.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import { spanOf } from "../syntax/nodes.ts";
import { isLegalName } from "../types/object-field.ts";
import type { TypeReading } from "../types/type-reading.ts";
import type { TakenName } from "./read-parameter.ts";
import { refuseSignature } from "./refuse-signature.ts";

/** The names among `named` that inputs can have; the others are told, and so are names that are taken without being among them. */
export function checkInputNames(
  reading: TypeReading,
  fn: ExportedFunction,
  named: readonly { name: string; span: Span }[],
  taken: ReadonlyMap<string, TakenName>,
  where: string,
): ReadonlySet<string> {
  const known = new Set(named.map(({ name }) => name));
  for (const [name, { node }] of taken) {
    if (known.has(name)) continue;
    const meant = didYouMean(name, [...known]);
    const suggestion = meant === null ? `add it to ${where}` : `did you mean ${meant}?`;
    refuseSignature(
      reading,
      spanOf(node),
      "unknown_input",
      `${name} is taken, and ${where} does not have it`,
      suggestion,
    );
  }
  if (named.length > limits.parametersPerFunction) {
    const message = `a function takes at most ${limits.parametersPerFunction} inputs, and ${fn.name} takes ${named.length}`;
    refuseSignature(reading, fn.nameSpan, "too_many_parameters", message, "put some into an object");
    return new Set();
  }
  return new Set(named.filter((one) => checkLegal(reading, one)).map(({ name }) => name));
}

function checkLegal(reading: TypeReading, { name, span }: { name: string; span: Span }): boolean {
  if (isLegalName(name)) return true;
  const message = `${quote(name)} can name no input: a name is a letter or _ followed by letters, digits and _ (64 at most)`;
  refuseSignature(
    { ...reading, path: `${reading.path}/parameters/${name}` },
    span,
    "illegal_parameter",
    message,
    "rename it",
  );
  return false;
}
