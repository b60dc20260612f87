import { limits } from "../../contract/limits.ts";
import { scanText, type TextProblem } from "./scan-text.ts";

/** An expression between braces, without them. `at`: where its first character stands in the string. */
export interface TemplateExpression {
  text: string;
  at: number;
}

/** A string of a document, as text and expressions. */
export interface Template {
  /** Whether the string is one expression and nothing else but white space around it: then its value keeps its type. */
  isExpression: boolean;
  /** Texts as they are, and expressions that are still to be read. */
  parts: (string | TemplateExpression)[];
  /** Braces that do not close. */
  issues: TextProblem[];
}

/** Finds the `{{ … }}` of a string. Braces in strings and maps of an expression do not end it; `}}` without `{{` is text. */
export function readTemplate(value: string): Template {
  const parts: Template["parts"] = [];
  const issues: TextProblem[] = [];
  let from = 0;
  while (from < value.length) {
    const open = value.indexOf("{{", from);
    if (open < 0) break;
    if (open > from) parts.push(value.slice(from, open));
    const scan = scanText(value, open + 2, true, limits.expressionDepth);
    if (!scan.isClosed) {
      const message = 'this {{ has no }}; a text with braces is written {{ "{{" }}';
      issues.push({ message, at: open });
      parts.push(value.slice(open));
      from = value.length;
      break;
    }
    const inside = value.slice(open + 2, scan.end);
    const text = inside.trim();
    parts.push({ text, at: open + 2 + (text === "" ? 0 : inside.length - inside.trimStart().length) });
    from = scan.end + 2;
  }
  if (from < value.length) parts.push(value.slice(from));
  const written = parts.filter((part) => typeof part !== "string" || part.trim() !== "");
  const isExpression = written.length === 1 && typeof written[0] === "object";
  return { isExpression, parts: isExpression ? written : parts, issues };
}
