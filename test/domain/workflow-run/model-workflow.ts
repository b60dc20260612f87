import type { JsonValue } from "../../../src/domain/document/json-value.ts";

/** What an expression of a model reads: behind `steps.NAME.outputs`, behind `workflow.input`, or behind an item's name. */
export interface ModelRead {
  of: "step" | "input" | "item";
  name: string;
  path: string[];
}

/** An expression of a model, in few forms, so that a reference interpreter needs no CEL. */
export type ModelExpression =
  | { kind: "copy"; read: ModelRead }
  /** `has(steps.X) ? … : -1` */
  | { kind: "guarded"; read: ModelRead }
  /** The sum of an integer and 1. */
  | { kind: "sum"; read: ModelRead }
  | { kind: "text"; read: ModelRead }
  | { kind: "present"; name: string }
  | { kind: "list"; of: ModelExpression[] }
  | { kind: "literal"; value: JsonValue };

/** A condition: a flag that is read, asked for before with `has()` or not. */
export type ModelCondition =
  | { kind: "flag"; read: ModelRead; isGuarded: boolean }
  | { kind: "literal"; value: boolean };

interface AnyStep {
  id: string;
  condition: ModelCondition | null;
  timeoutMs: number | null;
}

export type ModelStep =
  | (AnyStep & {
      kind: "call";
      inputs: Record<string, ModelExpression>;
      alias: string | null;
      undo: Record<string, ModelExpression> | null;
      /** Whether an expression says which workflow it is. */
      isChosen: boolean;
    })
  | (AnyStep & {
      kind: "approval";
      alias: string | null;
      default: "approve" | "reject" | null;
      goesOn: boolean;
    })
  | (AnyStep & { kind: "sequence" | "parallel"; steps: ModelStep[] })
  | (AnyStep & { kind: "conditional"; yes: ModelStep[]; no: ModelStep[] | null })
  | (AnyStep & { kind: "switch"; by: ModelExpression; cases: Record<string, ModelStep[]> })
  | (AnyStep & { kind: "map"; over: ModelExpression; lanes: number; alias: string | null; steps: ModelStep[] });

/** A workflow, in a form that says what it means. */
export interface ModelWorkflow {
  steps: ModelStep[];
  /** Each is given as `{ is: … }`, since an output that is no text says its type. */
  outputs: Record<string, ModelExpression> | null;
  onError: "fail" | "continue" | "compensate";
  timeoutMs: number | null;
}

/** The document of a model. */
export function documentOfModel({
  steps,
  outputs,
  onError,
  timeoutMs,
}: ModelWorkflow): [object[], Record<string, unknown>] {
  const handling = { on_error: onError, ...(timeoutMs === null ? {} : { timeout: `${timeoutMs}ms` }) };
  const told =
    outputs === null
      ? {}
      : { outputs: values(outputs, (is) => ({ type: "object", additional_properties: true, value: { is } })) };
  return [steps.map(writeStep), { error_handling: handling, ...told }];
}

export function writeStep(step: ModelStep): object {
  const any = {
    id: step.id,
    ...(step.condition === null ? {} : { condition: writeCondition(step.condition) }),
    ...(step.timeoutMs === null ? {} : { timeout: `${step.timeoutMs}ms` }),
  };
  const alias = "alias" in step && step.alias !== null ? { outputs: step.alias } : {};
  switch (step.kind) {
    case "call": {
      const inputs = values(step.inputs, (value) => value);
      const undo =
        step.undo === null ? {} : { compensate: { skill: "undo", inputs: values(step.undo, (value) => value) } };
      const chosen = { workflow_id: "{{ 'w-' + string(workflow.input.v) }}", inputs };
      const called = step.isChosen ? { skill: "execute_workflow", inputs: chosen } : { skill: "work", inputs };
      return { ...any, ...alias, ...called, ...undo };
    }
    case "approval":
      return {
        ...any,
        ...alias,
        step_type: "approval",
        message: "Well?",
        ...(step.default === null ? {} : { default: step.default }),
        on_reject: step.goesOn ? "continue" : "fail",
      };
    case "sequence":
      return { ...any, step_type: "sequential", branches: { steps: step.steps.map(writeStep) } };
    case "parallel":
      return { ...any, step_type: "parallel", branches: { steps: step.steps.map(writeStep) } };
    case "conditional": {
      const no = step.no === null ? {} : { if_false: step.no.map(writeStep) };
      return { ...any, step_type: "conditional", branches: { if_true: step.yes.map(writeStep), ...no } };
    }
    case "switch": {
      const branches = Object.fromEntries(
        Object.entries(step.cases).map(([key, steps]) => [key, steps.map(writeStep)]),
      );
      return { ...any, step_type: "switch", condition: String(writeExpression(step.by)), branches };
    }
    case "map": {
      const branches = {
        over: writeExpression(step.over),
        as: `item_${step.id}`,
        max_concurrency: step.lanes,
        steps: step.steps.map(writeStep),
      };
      return { ...any, ...alias, step_type: "map", branches };
    }
  }
}

function values(
  expressions: Record<string, ModelExpression>,
  wrap: (value: JsonValue) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(expressions).map(([key, value]) => [key, wrap(writeExpression(value))]));
}

function writeExpression(expression: ModelExpression): JsonValue {
  switch (expression.kind) {
    case "copy":
      return `{{ ${writeRead(expression.read)} }}`;
    case "guarded":
      return `{{ has(steps.${expression.read.name}) ? ${writeRead(expression.read)} : -1 }}`;
    case "sum":
      return `{{ ${writeRead(expression.read)} + 1 }}`;
    case "text":
      return `v={{ ${writeRead(expression.read)} }}`;
    case "present":
      return `{{ has(steps.${expression.name}) }}`;
    case "list":
      return expression.of.map(writeExpression);
    case "literal":
      return expression.value;
  }
}

function writeCondition(condition: ModelCondition): string {
  if (condition.kind === "literal") return condition.value ? "1 < 2" : "1 > 2";
  const read = writeRead(condition.read);
  return condition.isGuarded ? `{{ has(steps.${condition.read.name}) && ${read} }}` : read;
}

function writeRead({ of, name, path }: ModelRead): string {
  const start = of === "step" ? `steps.${name}.outputs` : of === "input" ? `workflow.input.${name}` : name;
  return start + path.map((token) => (/^\d+$/.test(token) ? `[${token}]` : `.${token}`)).join("");
}
