import { readCondition } from "../expression/evaluate-condition.ts";
import { type Expression, parseExpression } from "../expression/parse-expression.ts";
import { readTemplate } from "../expression/read-template.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { quote } from "../template/value/show-value.ts";
import type { ExpressionSite } from "./sites-of-step.ts";

/** The expressions of a text. */
export interface ReadSite {
  expressions: Expression[];
  /** The one whose value the text has as it is; null where there is none, or text around it. */
  whole: Expression | null;
  findings: Finding[];
}

/** Reads the expressions of a text: a condition is one with or without braces, all else has them in braces. */
export function readSite(site: ExpressionSite): ReadSite {
  const isCondition = site.purpose === "condition" || site.purpose === "choice";
  if (isCondition) {
    const condition = readCondition(site.text);
    if (condition.ok) return readAll(site, [condition.value], true);
    return { expressions: [], whole: null, findings: [invalid(site, condition.failure.message, condition.failure.at)] };
  }
  const { isExpression, parts, issues } = readTemplate(site.text);
  if (issues.length > 0) {
    return { expressions: [], whole: null, findings: issues.map(({ message, at }) => invalid(site, message, at)) };
  }
  const written = parts.filter((part) => typeof part !== "string");
  if (isExpression || site.purpose === "value") return readAll(site, written, isExpression);
  const what = "over is one expression in braces, or a list";
  const read = readAll(site, written, false);
  const suggestion =
    written.length === 0 ? `write "{{ ${site.text} }}"` : "write all of it inside of one pair of braces";
  return {
    ...read,
    findings: [
      ...read.findings,
      errorAt("expression_invalid", site.path, `${what}; found ${quote(site.text)}`, suggestion),
    ],
  };
}

function readAll(site: ExpressionSite, written: readonly { text: string; at: number }[], isWhole: boolean): ReadSite {
  const expressions: Expression[] = [];
  const findings: Finding[] = [];
  for (const { text, at } of written) {
    const parsed = parseExpression(text);
    if (parsed.ok) expressions.push(parsed.value);
    else findings.push(invalid(site, parsed.failure.message, at + parsed.failure.at));
  }
  const [first] = expressions;
  return { expressions, whole: isWhole && expressions.length === 1 ? (first ?? null) : null, findings };
}

function invalid(site: ExpressionSite, message: string, at: number): Finding {
  const shown = site.text.slice(at, at + 40).trim();
  const where = shown === "" ? "at the end" : `at ${quote(shown)}`;
  return errorAt("expression_invalid", site.path, `${message} (${where})`.replaceAll(/\s*\n\s*/g, " "), null);
}
