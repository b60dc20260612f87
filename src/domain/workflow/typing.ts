import type { Field } from "../../contract/template/field.ts";
import { isMap, own } from "../document/json-value.ts";
import { type InferredType, inferType } from "../expression/infer-type.ts";
import type { Expression } from "../expression/parse-expression.ts";
import type { ValueType } from "../expression/value-type.ts";
import { childPointer } from "../pointer.ts";
import type { FlowStep, Visible } from "./data-flow.ts";
import { itemNameOf } from "./item-name.ts";
import { readSite } from "./read-site.ts";
import { scopeTypes, type TypeSource } from "./scope-types.ts";
import type { ExpressionSite } from "./sites-of-step.ts";
import type { KnownSkills } from "./skill-interface.ts";
import { stepsAround, type WorkflowFacts } from "./workflow-facts.ts";

/** Finds the types of a workflow's expressions. */
export interface Typing {
  typeOf(site: Pick<ExpressionSite, "sees" | "step">, expression: Expression): InferredType;
}

/** A typing of one workflow, by the inputs that it declares and the skills that are known. */
export function typingOf(facts: WorkflowFacts, known: KnownSkills | null): Typing {
  const source: TypeSource = { facts, known, found: new Map() };
  const itemTypes = new Map<string, Field>();

  function typeOf({ sees, step }: Pick<ExpressionSite, "sees" | "step">, expression: Expression): InferredType {
    return inferType(expression, scopeTypes(source, readAmong(sees, expression, step), itemsAt(step)));
  }

  function itemsAt(step: FlowStep | null): Map<string, Field> {
    const items = new Map<string, Field>();
    for (const { path } of stepsAround(facts, step)) {
      const map = facts.placed.get(path);
      if (map?.kind === "map") items.set(itemNameOf(facts.nodes.get(path)?.body ?? {}), itemOf(map));
    }
    return items;
  }

  function itemOf(map: FlowStep): Field {
    const before = itemTypes.get(map.path);
    if (before !== undefined) return before;
    const over = overOf(facts, map);
    const item = over === null ? undefined : elementOf(typeOf({ sees: map.sees, step: map }, over).type);
    const type: Field = item ?? { type: "any" };
    itemTypes.set(map.path, type);
    return type;
  }

  return { typeOf };
}

/** Of all that can be seen, the steps that an expression reads; its own one too, which what undoes a step may. */
function readAmong(sees: Visible, { references }: Expression, step: FlowStep | null): Visible {
  const read = references.flatMap(({ path }) => (path[0] === "steps" && path[1] !== undefined ? [path[1]] : []));
  return new Map(read.filter((id) => sees.has(id) || step?.id === id).map((id) => [id, "sure"]));
}

function overOf(facts: WorkflowFacts, map: FlowStep): Expression | null {
  const branches = own(facts.nodes.get(map.path)?.body ?? {}, "branches");
  const text = isMap(branches) ? own(branches, "over") : undefined;
  if (typeof text !== "string") return null;
  const path = childPointer(childPointer(map.path, "branches"), "over");
  const place = { sees: map.sees, items: map.items, step: map, seesItself: false };
  return readSite({ ...place, path, text, purpose: "over" }).whole;
}

function elementOf(list: ValueType): Field | undefined {
  return list.type === "array" ? list.items : undefined;
}
