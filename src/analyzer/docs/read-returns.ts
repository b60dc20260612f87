import type { Docstring } from "../../contract/function/analysis.ts";
import { joinLines } from "./clean-docstring.ts";
import { type NamedText, readNamedText, splitItems } from "./doc-item.ts";
import type { Section } from "./doc-sections.ts";

type Returned = Docstring["returns"][number];

/** What a section says is returned, one entry for each value that it tells apart. */
export function readReturns(section: Section): Returned[] {
  if (section.style === "numpy") return splitItems(section.body).map(({ head, body }) => numpyEntry(head, body));
  const lines = [section.head, ...section.body].filter((line) => line.trim() !== "");
  if (lines.length === 0) return [];
  const bullets = splitBullets(lines) ?? splitNames(lines);
  return bullets ?? [{ name: null, text: withoutType(joinLines(lines)) }];
}

/** `mean : float` has a name; `float` alone is a type. */
function numpyEntry(head: string, body: readonly string[]): Returned {
  const named = readNamedText(head);
  const name = named === null ? null : onlyName(named);
  const text = joinLines(body);
  // Of a value with a name, the type tells nothing that its field does not.
  return { name, text: text === "" && name === null ? head : text };
}

/** `- mean: the mean`, perhaps after a line that introduces the list. */
function splitBullets(lines: readonly string[]): Returned[] | null {
  const start = lines.findIndex(isBullet);
  if (start === -1 || start > 1) return null;
  const listed = lines.slice(start);
  const items: { head: string; body: string[] }[] = [];
  for (const line of listed) {
    if (isBullet(line)) items.push({ head: line.trim().slice(2).trim(), body: [] });
    else items.at(-1)?.body.push(line);
  }
  return asNamed(items);
}

function isBullet(line: string): boolean {
  return /^[-*] ./.test(line.trimStart());
}

/** `mean: the mean`, one under another. */
function splitNames(lines: readonly string[]): Returned[] | null {
  return asNamed(splitItems(lines));
}

/** Named entries, if that is what all of them are. */
function asNamed(items: readonly { head: string; body: string[] }[]): Returned[] | null {
  const entries: Returned[] = [];
  for (const { head, body } of items) {
    const named = readNamedText(head);
    const name = named === null ? null : onlyName(named);
    if (named === null || name === null) return null;
    entries.push({ name, text: joinLines([named.text, ...body]) });
  }
  return entries;
}

function onlyName({ names }: NamedText): string | null {
  const [name, ...others] = names;
  return name === undefined || others.length > 0 || typeWords.has(name.toLowerCase()) ? null : name;
}

/** Google's style puts a type where a name might stand. */
const typeWords: ReadonlySet<string> = new Set(
  "str int float bool bytes dict list tuple set frozenset none any object array ndarray tensor image_array callable path".split(
    " ",
  ),
);

/** `dict: what it holds` and `np.ndarray: the stack` begin with a type, which is no text. */
function withoutType(text: string): string {
  const colon = text.indexOf(": ");
  // The expression below is quadratic; no type that anyone reads is longer.
  if (colon === -1 || colon > 200) return text;
  const head = text.slice(0, colon);
  const isType = typeWords.has(head.toLowerCase()) || /^[A-Za-z_][\w.]*[.[|][\w.[\], |"']*$/.test(head);
  return isType ? text.slice(colon + 2) : text;
}
