import type { Field, ObjectField } from "../../contract/template/field.ts";
import { own } from "../document/json-value.ts";
import type { FlowStep, Visible } from "./data-flow.ts";
import { readCall } from "./read-call.ts";
import type { KnownSkills } from "./skill-interface.ts";
import type { WorkflowFacts } from "./workflow-facts.ts";

/** What types are found by. */
export interface TypeSource {
  facts: WorkflowFacts;
  /** Null where nobody looked the skills up. */
  known: KnownSkills | null;
  /** What each step gives, by its path, once it was asked for. */
  found: Map<string, Field>;
}

const anything: Field = { type: "any" };

/** The types of all that an expression can read at a place, as the properties of one object. */
export function scopeTypes(
  source: TypeSource,
  visible: Visible,
  items: ReadonlyMap<string, Field>,
): Record<string, Field> {
  const steps = [...visible.keys()].map((id): [string, Field] => [id, stepType(source, id)]);
  return Object.fromEntries<Field>([
    ["workflow", object({ input: inputType(source.facts) })],
    ["steps", object(Object.fromEntries(steps))],
    ["run", object({ id: { type: "string" }, started_at: { type: "string", format: "date-time" } })],
    // Inside of a map, its item hides what has the same name.
    ...items,
  ]);
}

function inputType(facts: WorkflowFacts): Field {
  if (facts.inputs === null) return anything;
  const broken = [...facts.inputs.broken].map((name): [string, Field] => [name, anything]);
  return { type: "object", properties: Object.fromEntries([...facts.inputs.fields, ...broken]) };
}

function stepType(source: TypeSource, id: string): Field {
  const [step, ...others] = source.facts.byId.get(id) ?? [];
  // Branches may each give something else under one id.
  const isOne = step !== undefined && others.length === 0;
  return object({ outputs: isOne ? outputsType(source, step) : anything });
}

/** What `steps.X.outputs` is. */
export function outputsType(source: TypeSource, step: FlowStep): Field {
  const before = source.found.get(step.path);
  if (before !== undefined) return before;
  const alias = own(source.facts.nodes.get(step.path)?.body ?? {}, "outputs");
  const result = resultType(source, step);
  // What has the outputs of the steps inside has no name for them.
  const type = typeof alias === "string" && step.children.size === 0 ? object({ [alias]: result }) : result;
  source.found.set(step.path, type);
  return type;
}

function resultType(source: TypeSource, step: FlowStep): Field {
  const node = source.facts.nodes.get(step.path);
  switch (step.kind) {
    case "call": {
      const skill = node === undefined ? null : (readCall(node.body)?.skill ?? null);
      const found = skill === null ? null : (source.known?.get(skill) ?? null);
      if (found === null || found.outputs === null) return anything;
      return { type: "object", properties: found.outputs, additional_properties: found.givesMore === true };
    }
    case "approval":
      return object({
        approved: { type: "boolean" },
        by: { type: "string", nullable: true },
        comment: { type: "string", nullable: true },
        at: { type: "string", format: "date-time" },
      });
    case "map": {
      const last = node?.branches[0]?.steps.at(-1);
      const inner = last === undefined ? undefined : source.facts.placed.get(last.path);
      return { type: "array", items: inner === undefined ? anything : outputsType(source, inner) };
    }
    case "sequence":
    case "parallel":
    case "conditional":
    case "switch": {
      const children = [...step.children.keys()].map((id): [string, Field] => [id, childType(source, step, id)]);
      return { type: "object", properties: Object.fromEntries(children) };
    }
  }
}

function childType(source: TypeSource, step: FlowStep, id: string): Field {
  const [child, ...others] = (source.facts.byId.get(id) ?? []).filter((one) => one.inside?.path === step.path);
  return child === undefined || others.length > 0 ? anything : outputsType(source, child);
}

function object(properties: Record<string, Field>): ObjectField {
  const required = Object.keys(properties);
  return { type: "object", properties, required };
}
