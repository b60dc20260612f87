import { didYouMean } from "../../../domain/did-you-mean.ts";
import type { Finding, Span } from "../../finding.ts";
import type { SourcePlaces } from "../../source-places.ts";
import type { Binding, Bindings } from "../binding/binding.ts";
import { type Meaning, resolveExpression } from "../binding/resolve-expression.ts";
import { findingOf } from "../finding-of.ts";
import type { Expression } from "../syntax/expression.ts";
import type { Definition } from "../syntax/read-module.ts";
import { type DecoratorRuntime, decoratorNames, decoratorOf, nameInOurModules } from "./decorator-modules.ts";

type Call = Extract<Expression, { type: "call" }>;

/** One of our decorators on a function. */
export interface OwnDecorator {
  runtime: DecoratorRuntime;
  /** With its arguments; null when it is not called. */
  call: Call | null;
  span: Span;
}

/** What the decorators of a file need to be told. */
export interface DecoratorContext {
  places: SourcePlaces;
  bindings: Bindings;
  /** Modules that the file imports all names of. */
  starred: readonly string[];
}

/**
 * Which of a function's decorators are ours, by what their names are bound to where they decorate. `isMeant`: one is none of ours,
 * and its author meant it to be.
 */
export function resolveDecorators(
  context: DecoratorContext,
  { fn, statement }: Definition,
): { own: OwnDecorator[]; isMeant: boolean; findings: Finding[] } {
  const own: OwnDecorator[] = [];
  let isMeant = false;
  const findings: Finding[] = [];
  for (const expression of fn.decorators) {
    // Decorators are evaluated where they stand, before the function's own name is bound.
    const meanings = resolveExpression(context.bindings, expression, expression.from, statement);
    const read = meanings.map((meaning) => ownOf(meaning, expression));
    const runtimes = new Set(read.map((decorator) => decorator?.runtime));
    const first = read[0] ?? null;
    if (first !== null && runtimes.size === 1) own.push(first);
    else {
      const found = judge(context, expression, meanings, read, `/functions/${fn.name}`);
      // An import of a name that our modules lack has been told where it stands.
      isMeant ||= found.length > 0 || meanings.some(isUnknownImport);
      findings.push(...found);
    }
  }
  for (const second of own.slice(1)) {
    const first = own[0]?.runtime ?? second.runtime;
    const message = `${fn.name} is decorated @${first} and @${second.runtime}: a function has one memory type`;
    const suggestion = "keep one, or write a function for each";
    findings.push(
      findingOf("error", "decorator", "two_decorators", second.span, message, suggestion, `/functions/${fn.name}`),
    );
  }
  return { own, isMeant, findings };
}

function ownOf(meaning: Meaning, expression: Expression): OwnDecorator | null {
  const runtime = runtimeOf(meaning);
  return runtime === null || meaning.type === "unknown" || meaning.calls.length > 1
    ? null
    : { runtime, call: meaning.calls[0] ?? null, span: expression };
}

function runtimeOf(meaning: Meaning): DecoratorRuntime | null {
  if (meaning.type === "unknown") return null;
  const name = meaning.type === "unbound" ? meaning.name : nameInOurModules(meaning.path);
  return name === null ? null : decoratorOf(name);
}

/** Why a decorator is not one of ours, where its author seems to mean one. */
function judge(
  context: DecoratorContext,
  expression: Expression,
  meanings: readonly Meaning[],
  read: readonly (OwnDecorator | null)[],
  path: string,
): Finding[] {
  const spelled = spellingOf(expression);
  const refuse = (code: string, message: string, suggestion: string | null) => [
    findingOf("error", "decorator", code, calleeOf(expression), message, suggestion, path),
  ];
  const unbound = meanings.find((meaning) => meaning.type === "unbound" && meaning.binding === null);
  if (unbound?.type === "unbound" && read.every((decorator) => decorator === null)) {
    return judgeUnbound(context, unbound.name, refuse);
  }
  for (const meaning of meanings) {
    if (isUnknownImport(meaning)) return [];
    const unknown = meaning.type === "path" ? nameInOurModules(meaning.path) : null;
    if (unknown !== null && decoratorOf(unknown) === null) {
      const meant = didYouMean(unknown, decoratorNames);
      const suggestion = meant === null ? `it has ${decoratorNames.join(", ")}` : `did you mean ${meant}?`;
      return refuse("unknown_decorator", `there is no decorator ${unknown}`, suggestion);
    }
  }
  const called = meanings.find(
    (meaning) => meaning.type !== "unknown" && meaning.calls.length > 1 && runtimeOf(meaning) !== null,
  );
  if (called !== undefined) {
    return refuse(
      "decorator_argument",
      `@${spelled} is called more than once: it takes its arguments in one call`,
      null,
    );
  }
  const other = meanings.find((_, index) => read[index] === null);
  const isOurs = read.some((decorator) => decorator !== null);
  if (isOurs && other === undefined) {
    const names = [...new Set(read.map((decorator) => decorator?.runtime))].join(" or ");
    return refuse(
      "rebound_decorator",
      `@${spelled} may be ${names} here: which one is only known when the file runs`,
      null,
    );
  }
  if (other === undefined) return [];
  const isSpelledOurs = expressionName(expression) !== null && decoratorNames.includes(spelled);
  const wasOurs = isOurs || isSpelledOurs || hasBeenOurs(context.bindings, spelled);
  const { binding } = other;
  if (wasOurs && binding !== null) {
    const what = describe(other, binding);
    const message = `@${spelled} is not our decorator here: line ${context.places.placeOf(binding.span.from).line} binds ${spelled} to ${what}`;
    return refuse("rebound_decorator", message, remedy(spelled, context.bindings));
  }
  if (other.type === "path" && other.isModule && other.calls.length === 0) {
    const message = `@${spelled} is the module ${other.path}, which decorates nothing`;
    return refuse("unknown_decorator", message, `from callsheet.memory import ${decoratorOf(other.path) ?? "numpy"}`);
  }
  return [];
}

function isUnknownImport(meaning: Meaning): boolean {
  if (meaning.type !== "path") return false;
  const { path, binding } = meaning;
  const unknown = nameInOurModules(path);
  return (
    unknown !== null && decoratorOf(unknown) === null && binding.bound.type === "import" && binding.bound.path === path
  );
}

function judgeUnbound(
  { starred }: DecoratorContext,
  name: string,
  refuse: (code: string, message: string, suggestion: string | null) => Finding[],
): Finding[] {
  const isBuiltIn = ["property", "staticmethod", "classmethod", "print", "type"].includes(name);
  if (isBuiltIn || starred.some((module) => !module.startsWith("callsheet") && !module.startsWith("openhcs")))
    return [];
  const meant = didYouMean(name, decoratorNames);
  const suggestion = meant === null ? "import it, or leave it out" : `did you mean @${meant}?`;
  return refuse("unknown_decorator", `nothing in this file binds ${name}`, suggestion);
}

function remedy(spelled: string, bindings: Bindings): string {
  const name = decoratorOf(spelled) ?? "numpy";
  const alias = bindings.has(`${name}_function`) ? `${name}_memory` : `${name}_function`;
  return `import the decorator under another name: from callsheet.memory import ${name} as ${alias}`;
}

function hasBeenOurs(bindings: Bindings, name: string): boolean {
  return (bindings.get(name) ?? []).some(({ bound }) => {
    return bound.type === "import" && nameInOurModules(bound.path) !== null;
  });
}

function describe(meaning: Meaning, { bound }: Binding): string {
  if (meaning.type === "path") return meaning.isModule ? `the module ${meaning.path}` : meaning.path;
  if (bound.type === "deleted") return "nothing";
  return bound.type === "function" || bound.type === "class" ? `a ${bound.type} of this file` : "something else";
}

/** The decorator without its arguments. */
function calleeOf(expression: Expression): Expression {
  return expression.type === "call" ? calleeOf(expression.callee) : expression;
}

function expressionName(expression: Expression): string | null {
  const callee = calleeOf(expression);
  return callee.type === "name" ? callee.name : null;
}

function spellingOf(expression: Expression): string {
  const callee = calleeOf(expression);
  if (callee.type === "name") return callee.name;
  return callee.type === "attribute" ? `${spellingOf(callee.object)}.${callee.attribute}` : "…";
}
