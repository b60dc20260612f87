import type { Docstring } from "../../contract/function/analysis.ts";
import { cleanDocstring, joinLines } from "./clean-docstring.ts";
import { readNamedText, splitItems } from "./doc-item.ts";
import { readSection, type Section } from "./doc-sections.ts";
import { readReturns } from "./read-returns.ts";

/** Reads a docstring of Google's, NumPy's or reST's style, or of none. It never throws, and takes time in proportion to the text. */
export function readDocstring(text: string): Docstring {
  const lines = cleanDocstring(text);
  const prose: string[] = [];
  const args: [string, string][] = [];
  const returns: Docstring["returns"] = [];
  for (let at = 0; at < lines.length; ) {
    const section = readSection(lines, at);
    if (section === null) prose.push(lines[at] ?? "");
    else if (section.kind === "args") args.push(...readArgs(section));
    else if (section.kind === "returns") returns.push(...readReturns(section));
    at = section?.end ?? at + 1;
  }
  // fromEntries defines properties, so an argument `__proto__` stays one.
  return { ...splitProse(prose), args: Object.fromEntries(args), returns };
}

/** What no docstring says. */
export const noDocs: Docstring = { summary: null, description: null, args: {}, returns: [] };

function splitProse(prose: readonly string[]): Pick<Docstring, "summary" | "description"> {
  const start = prose.findIndex((line) => line.trim() !== "");
  if (start === -1) return { summary: null, description: null };
  const blank = prose.findIndex((line, at) => at > start && line.trim() === "");
  const end = blank === -1 ? prose.length : blank;
  const description = withoutBlankRuns(prose.slice(end)).join("\n").trim();
  return { summary: joinLines(prose.slice(start, end)), description: description === "" ? null : description };
}

/** Where a section was taken out, two blank lines would stand. */
function withoutBlankRuns(lines: readonly string[]): string[] {
  return lines.filter((line, at) => line !== "" || lines[at - 1] !== "");
}

function readArgs(section: Section): [string, string][] {
  if (section.style === "rest") return readRestArgument(section);
  return splitItems(section.body).flatMap((item) => {
    const named = section.style === "numpy" ? readNumpyHead(item.head) : readNamedText(item.head);
    if (named === null) return [];
    const text = joinLines([named.text, ...item.body]);
    return text === "" ? [] : named.names.map((name): [string, string] => [name, text]);
  });
}

function readRestArgument(section: Section): [string, string][] {
  const named = readNamedText(section.head);
  const text = joinLines([named?.text ?? "", ...section.body]);
  return named === null || text === "" ? [] : named.names.map((name) => [name, text]);
}

/** `x, y : float, optional`: the type is no text. */
function readNumpyHead(head: string): { names: string[]; text: string } | null {
  const names = readNamedText(head)?.names ?? readNamedText(`${head}:`)?.names;
  return names === undefined ? null : { names, text: "" };
}
