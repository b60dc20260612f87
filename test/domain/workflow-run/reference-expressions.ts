import { type JsonMap, type JsonValue, valueAt } from "../../../src/domain/document/json-value.ts";
import type { ModelCondition, ModelExpression, ModelRead, ModelStep } from "./model-workflow.ts";

/** How a step ended, by the reference. `at`: milliseconds since the run's start. */
export type StepEnd =
  | { state: "succeeded"; outputs: JsonValue; at: number }
  | { state: "skipped"; at: number }
  | { state: "failed"; code: string; step: string; isFinal: boolean; at: number };

/** The names that steps of a list can use. */
export interface Names {
  steps: Map<string, { step: ModelStep; end: StepEnd }>;
  outer: Names | null;
  items: Record<string, JsonValue>;
}

/** The step is skipped: it needs what is not there. */
export class Skip extends Error {}
/** The expression gives nothing. */
export class Bad extends Error {}

/** The innermost step of an id that has ended. */
export function find(names: Names | null, id: string): { step: ModelStep; end: StepEnd } | undefined {
  return names === null ? undefined : (names.steps.get(id) ?? find(names.outer, id));
}

/** How the reference evaluates. `goesOn`: after a failure, steps that need what is not there are skipped. */
export function expressionsOf(goesOn: boolean, input: JsonMap) {
  function evaluateAll(expressions: Record<string, ModelExpression>, names: Names): JsonMap {
    // What is missing skips the step, whatever else is wrong with it.
    for (const expression of Object.values(expressions)) need(expression, names);
    return Object.fromEntries(Object.entries(expressions).map(([key, value]) => [key, evaluate(value, names)]));
  }

  function need(expression: ModelExpression, names: Names): void {
    if (expression.kind === "list") for (const part of expression.of) need(part, names);
    else if (expression.kind === "copy" || expression.kind === "sum" || expression.kind === "text") {
      needRead(expression.read, names);
    }
  }

  /** Going on after a failure, a step that needs what is not there is skipped. */
  function needRead({ of, name, path }: ModelRead, names: Names): void {
    if (!goesOn || of !== "step") return;
    const found = find(names, name);
    if (found?.end.state !== "succeeded") throw new Skip();
    needInside(found.step, found.end.outputs, path, names);
  }

  function needInside(step: ModelStep, outputs: JsonValue, path: readonly string[], names: Names): void {
    const rest = "alias" in step && step.alias !== null ? path.slice(1) : path;
    const [token, ...inner] = rest;
    if (token === undefined || step.kind === "call" || step.kind === "approval") return;
    if (step.kind === "map") {
      const items = step.alias === null ? outputs : valueAt(outputs, [step.alias]);
      if (Array.isArray(items) && items[Number(token)] === null) throw new Skip();
      return;
    }
    const child = find(names, token);
    if (child?.end.state !== "succeeded") throw new Skip();
    needInside(child.step, child.end.outputs, inner, names);
  }

  function holds(condition: ModelCondition, names: Names): boolean {
    if (condition.kind === "literal") return condition.value;
    const { read, isGuarded } = condition;
    if (isGuarded && find(names, read.name)?.end.state !== "succeeded") return false;
    if (!isGuarded) needRead(read, names);
    const value = look(read, names);
    if (typeof value !== "boolean") throw new Bad();
    return value;
  }

  function evaluate(expression: ModelExpression, names: Names): JsonValue {
    need(expression, names);
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "list":
        return expression.of.map((part) => evaluate(part, names));
      case "present":
        return find(names, expression.name)?.end.state === "succeeded";
      case "guarded":
        return find(names, expression.read.name)?.end.state === "succeeded" ? look(expression.read, names) : -1;
      case "copy":
        return look(expression.read, names);
      case "sum": {
        const value = look(expression.read, names);
        if (typeof value !== "number") throw new Bad();
        return value + 1;
      }
      case "text": {
        const value = look(expression.read, names);
        return `v=${typeof value === "string" ? value : JSON.stringify(value)}`;
      }
    }
  }

  function look({ of, name, path }: ModelRead, names: Names): JsonValue {
    const found = find(names, name)?.end;
    const start =
      of === "input"
        ? input[name]
        : of === "item"
          ? item(names, name)
          : found?.state === "succeeded"
            ? found.outputs
            : undefined;
    const value = start === undefined ? undefined : valueAt(start, path);
    if (value === undefined) throw new Bad();
    return value;
  }

  function item(names: Names | null, name: string): JsonValue | undefined {
    if (names === null) return undefined;
    return Object.hasOwn(names.items, name) ? names.items[name] : item(names.outer, name);
  }

  return { evaluate, evaluateAll, holds };
}
