import { indentationOf } from "./clean-docstring.ts";

/** What a section tells, and how it is written. */
export interface Section {
  kind: "args" | "returns" | "dropped";
  style: "google" | "numpy" | "rest";
  /** What stands in the heading's own line. */
  head: string;
  body: string[];
  /** The line after its last. */
  end: number;
}

/** The section that begins at a line, or null when none does. */
export function readSection(lines: readonly string[], at: number): Section | null {
  return readRest(lines, at) ?? readNumpy(lines, at) ?? readGoogle(lines, at);
}

/** Sections by their headings. What is not here, like Notes or Examples, stays in the description. */
const kinds: ReadonlyMap<string, Section["kind"]> = new Map([
  ...["args", "arguments", "parameters", "params", "attributes", "attrs", "fields"].map(
    (key) => [key, "args"] as const,
  ),
  ...["keyword args", "keyword arguments", "other parameters"].map((key) => [key, "args"] as const),
  ...["returns", "return", "yields", "yield"].map((key) => [key, "returns"] as const),
  ...["raises", "raise", "warns"].map((key) => [key, "dropped"] as const),
]);

function readNumpy(lines: readonly string[], at: number): Section | null {
  const kind = kinds.get((lines[at] ?? "").toLowerCase());
  if (kind === undefined || !isUnderline(lines[at + 1])) return null;
  const start = at + 2;
  let end = start;
  while (end < lines.length && !isHeading(lines, end)) end += 1;
  return { kind, style: "numpy", head: "", body: lines.slice(start, end), end };
}

function isHeading(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  return line.trim() !== "" && isUnderline(lines[at + 1]) && !isUnderline(line);
}

function isUnderline(line: string | undefined): boolean {
  return line !== undefined && /^(?:-{3,}|={3,}|~{3,})$/.test(line.trim());
}

function readGoogle(lines: readonly string[], at: number): Section | null {
  const line = lines[at] ?? "";
  const colon = line.indexOf(":");
  if (colon === -1) return null;
  const kind = kinds.get(line.slice(0, colon).trim().toLowerCase());
  const head = line.slice(colon + 1).trim();
  // `Returns: the sum.` is a section of one line; `Args: …` is not written so.
  if (kind === undefined || (head !== "" && kind !== "returns")) return null;
  const margin = indentationOf(line);
  let end = at + 1;
  while (end < lines.length && isWithin(lines[end] ?? "", margin)) end += 1;
  return { kind, style: "google", head, body: lines.slice(at + 1, end), end };
}

function isWithin(line: string, margin: number): boolean {
  return line.trim() === "" || indentationOf(line) > margin;
}

const restFields: ReadonlyMap<string, Section["kind"]> = new Map([
  ...["param", "parameter", "arg", "argument", "key", "keyword", "kwarg", "ivar", "var"].map(
    (key) => [key, "args"] as const,
  ),
  ...["return", "returns", "yield", "yields"].map((key) => [key, "returns"] as const),
  ...["type", "rtype", "ytype", "raise", "raises", "except", "exception", "vartype", "meta"].map(
    (key) => [key, "dropped"] as const,
  ),
]);

/** `:param float sigma: text`, and the lines that go on with it. `head` is `sigma: text`, or the text alone. */
function readRest(lines: readonly string[], at: number): Section | null {
  const line = (lines[at] ?? "").trimStart();
  if (!line.startsWith(":")) return null;
  const colon = line.indexOf(":", 1);
  if (colon === -1) return null;
  const words = line.slice(1, colon).trim();
  const space = words.search(/\s/);
  const kind = restFields.get(space === -1 ? words : words.slice(0, space));
  if (kind === undefined) return null;
  let end = at + 1;
  while (end < lines.length && goesOn(lines, end)) end += 1;
  const text = line.slice(colon + 1).trim();
  const name = words.slice(words.lastIndexOf(" ") + 1);
  const head = kind === "args" ? `${name}: ${text}` : text;
  return { kind, style: "rest", head, body: lines.slice(at + 1, end), end };
}

function goesOn(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  return line.trim() !== "" && !line.trimStart().startsWith(":");
}
