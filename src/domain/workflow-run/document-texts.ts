import { readCondition } from "../expression/evaluate-condition.ts";
import { type Expression, parseExpression } from "../expression/parse-expression.ts";
import { readTemplate, type TemplateExpression } from "../expression/read-template.ts";
import { partsOf, pathOf, type SyntaxNode } from "../expression/syntax-node.ts";
import { type Result, refusal, success } from "../result.ts";

/** Something that an expression takes from its scope: `["steps", "plan", "outputs", "x"]`. */
export interface Read {
  path: readonly string[];
  /** Whether the expression copes with its absence. */
  guarded: boolean;
  /** Whether it is only asked whether this is there. */
  isAsked: boolean;
}

/** An expression of a document, read once. */
export interface ReadExpression {
  /** For messages. */
  shown: string;
  expression: Expression;
  reads: readonly Read[];
  /** The path that it is, when it is nothing else: then its value is a copy of what lies there. */
  plain: readonly string[] | null;
}

/** A text of a document, read once. */
export interface ReadText {
  /** Whether it is one expression, whose value it has as it is. */
  isExpression: boolean;
  parts: readonly (string | ReadExpression)[];
}

/** Reads the texts of one document, each once, however many items of a map it is evaluated for. */
export class DocumentTexts {
  readonly #values = new Map<string, Result<ReadText, string>>();
  readonly #conditions = new Map<string, Result<ReadText, string>>();

  /** A text with `{{ … }}`. The refusal says what is wrong with it. */
  value(text: string): Result<ReadText, string> {
    return this.#read(this.#values, text, readValue);
  }

  /** A condition, with or without braces. */
  condition(text: string): Result<ReadText, string> {
    return this.#read(this.#conditions, text, readWhole);
  }

  #read(
    known: Map<string, Result<ReadText, string>>,
    text: string,
    read: (text: string) => Result<ReadText, string>,
  ): Result<ReadText, string> {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = read(text);
    known.set(text, found);
    return found;
  }
}

/** The texts of a document, which are read once however often it is interpreted from this object. */
export function textsOfDocument(document: object): DocumentTexts {
  const texts = textsByDocument.get(document) ?? new DocumentTexts();
  textsByDocument.set(document, texts);
  return texts;
}

const textsByDocument = new WeakMap<object, DocumentTexts>();

function readValue(text: string): Result<ReadText, string> {
  const { isExpression, parts, issues } = readTemplate(text);
  const [issue] = issues;
  if (issue !== undefined) return refusal(issue.message);
  const read: (string | ReadExpression)[] = [];
  for (const part of parts) {
    const found = typeof part === "string" ? success(part) : readExpression(part);
    if (!found.ok) return found;
    read.push(found.value);
  }
  return success({ isExpression, parts: read });
}

function readWhole(text: string): Result<ReadText, string> {
  const condition = readCondition(text);
  if (!condition.ok) return refusal(condition.failure.message);
  const read = readExpression(condition.value);
  return read.ok ? success({ isExpression: true, parts: [read.value] }) : read;
}

function readExpression({ text }: TemplateExpression): Result<ReadExpression, string> {
  const shown = `{{ ${text.length > 100 ? `${text.slice(0, 100)}…` : text} }}`;
  const parsed = parseExpression(text);
  if (!parsed.ok) return refusal(`${shown}: ${parsed.failure.message}`);
  const expression = parsed.value;
  const asked = askedAt(expression.syntax);
  const reads = expression.references.map(({ path, guarded, at }) => ({ path, guarded, isAsked: asked.has(at) }));
  return success({ shown, expression, reads, plain: pathOf(expression.syntax)?.path ?? null });
}

/** Where the paths stand that `has()` asks for. */
function askedAt(syntax: SyntaxNode): Set<number> {
  const found = new Set<number>();
  const collect = (node: SyntaxNode): void => {
    const known = node.kind === "has" ? pathOf({ ...node, kind: "select" }) : null;
    if (known !== null) found.add(known.root.at);
    for (const part of partsOf(node)) collect(part);
  };
  collect(syntax);
  return found;
}
