import { didYouMean } from "../../../domain/did-you-mean.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import type { JsdocTag } from "../docs/read-jsdoc.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import { type Member, type TypeReading, warnOf } from "../types/type-reading.ts";

/** Warns of inputs that the comment describes and the function does not have, and of inputs of which nothing is known. */
export function checkArguments(
  reading: TypeReading,
  fn: ExportedFunction,
  tags: readonly JsdocTag[],
  members: readonly Member[],
): void {
  const names = members.map(({ name }) => name);
  for (const tag of tags) {
    const [, name] = tag.name.split(".");
    if (name === undefined || name === "" || name.includes("[") || names.includes(name)) continue;
    const meant = didYouMean(name, names);
    reading.findings.push({
      stage: "docs",
      severity: "warning",
      code: "unknown_argument",
      message: `the comment of ${fn.name} describes ${quote(name)}, which is no input of it`,
      suggestion: meant === null ? "remove it from the comment, or add the input" : `did you mean ${meant}?`,
      span: tag.span,
      path: reading.path,
    });
  }
}

/** Warns of an input without a type. */
export function warnUntyped(reading: TypeReading, { name, span }: Member): void {
  const message = `${name} has neither a type nor a default: any value is taken`;
  warnOf(reading, span, "unknown_type", message, "write its type, or describe it by @param");
}
