import type { FunctionRuntime } from "../../../contract/function/runtime.ts";
import type { Finding } from "../../finding.ts";
import type { SourcePlaces } from "../../source-places.ts";
import { resolveExpression } from "../binding/resolve-expression.ts";
import { findingOf } from "../finding-of.ts";
import type { PythonFunction } from "../syntax/python-module.ts";
import type { Definition } from "../syntax/read-module.ts";
import type { TopStatement } from "../syntax/top-statements.ts";
import { type DecoratorContext, type OwnDecorator, resolveDecorators } from "./resolve-decorators.ts";

/** A function that its file publishes. */
export interface ChosenFunction {
  fn: PythonFunction;
  runtime: FunctionRuntime;
  /** Null for a plain function that nothing of ours decorates. */
  decorator: OwnDecorator | null;
  statement: TopStatement;
}

/** Which functions a file publishes, and what is to be said of the others. */
export function chooseFunctions(
  context: DecoratorContext,
  definitions: readonly Definition[],
): { chosen: ChosenFunction[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const last = new Map(definitions.map((definition) => [definition.fn.name, definition]));
  const read = definitions
    .filter(({ fn }) => isPublic(fn))
    .map((definition) => {
      const { own, isMeant, findings: found } = resolveDecorators(context, definition);
      findings.push(...found);
      return { definition, decorator: own[0] ?? null, isMeant };
    });
  const hasDecorated = read.some(({ decorator, isMeant }) => decorator !== null || isMeant);
  const chosen: ChosenFunction[] = [];
  for (const { definition, decorator, isMeant } of read) {
    const { fn, statement } = definition;
    const final = last.get(fn.name);
    if (final !== undefined && final !== definition) {
      if (!isOverload(context, definition)) findings.push(replaced(context.places, fn, final.fn));
    } else if (decorator !== null) chosen.push({ fn, runtime: decorator.runtime, decorator, statement });
    else if (isMeant) continue;
    else if (hasDecorated) findings.push(undecorated(fn));
    else if (findUnhinted(fn).length === 0) chosen.push({ fn, runtime: "python", decorator: null, statement });
    else findings.push(...findUnhinted(fn).map((place) => missingHint(fn, place, "warning")));
  }
  const isTold = read.some(({ isMeant }) => isMeant) || findings.some(({ severity }) => severity === "error");
  if (chosen.length === 0 && !isTold) {
    findings.push(nothingPublished(read.map(({ definition }) => definition.fn)));
  }
  return { chosen, findings };
}

/** What of a plain function has no hint: parameters, and null for what it returns. */
export function findUnhinted(fn: PythonFunction): (PythonFunction["parameters"][number] | null)[] {
  const bare = fn.parameters.filter(({ annotation }) => annotation === null);
  return fn.returns === null ? [...bare, null] : bare;
}

/** That a plain function lacks a hint: of a parameter, or of what it returns. */
export function missingHint(
  fn: PythonFunction,
  place: PythonFunction["parameters"][number] | null,
  severity: Finding["severity"],
): Finding {
  const what = place === null ? "what it returns" : `its parameter ${place.name}`;
  const consequence = severity === "error" ? "" : ", so it is not published";
  const message = `${fn.name} has no type hint on ${what}${consequence}`;
  const suggestion =
    place === null
      ? "write -> float before the colon, or whatever it returns"
      : `write ${place.name}: float, or whatever it takes`;
  const path = `/functions/${fn.name}${place === null ? "/returns" : `/parameters/${place.name}`}`;
  return findingOf(severity, "signature", "missing_hint", place?.span ?? fn.nameSpan, message, suggestion, path);
}

function isPublic(fn: PythonFunction): boolean {
  return fn.name !== "" && !fn.name.startsWith("_");
}

function undecorated(fn: PythonFunction): Finding {
  const message = `${fn.name} has no memory decorator, so it is not published`;
  const suggestion = `decorate it, or call it _${fn.name} if it is only for this file`;
  return findingOf(
    "warning",
    "decorator",
    "undecorated_function",
    fn.nameSpan,
    message,
    suggestion,
    `/functions/${fn.name}`,
  );
}

function replaced(places: SourcePlaces, fn: PythonFunction, by: PythonFunction): Finding {
  const { line } = places.placeOf(by.nameSpan.from);
  const message = `${fn.name} is defined again in line ${line}, and only that one counts`;
  return findingOf(
    "warning",
    "signature",
    "duplicate_function",
    fn.nameSpan,
    message,
    "remove one, or rename it",
    `/functions/${fn.name}`,
  );
}

function isOverload({ bindings }: DecoratorContext, { fn, statement }: Definition): boolean {
  return fn.decorators.some((decorator) =>
    resolveExpression(bindings, decorator, decorator.from, statement).some((meaning) => {
      return meaning.type === "path" && /^(typing|typing_extensions)\.overload$/.test(meaning.path);
    }),
  );
}

function nothingPublished(functions: readonly PythonFunction[]): Finding {
  const [first] = functions;
  const why =
    first === undefined
      ? "this file has no public function at its top level"
      : `this file publishes nothing: ${first.name} has no memory decorator and no full type hints`;
  const suggestion =
    "decorate a function with @numpy, @cupy, @torch, @tensorflow, @jax or @pyclesperanto (from callsheet.memory), or give a plain function hints on every parameter and on what it returns";
  return findingOf("error", "decorator", "no_function", first?.nameSpan ?? { from: 0, to: 0 }, why, suggestion);
}
