import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import type { FlowStep, Visible } from "./data-flow.ts";
import type { StepNode } from "./step-node.ts";

/** What becomes of a text: which value it must give, and where it goes. */
export type SitePurpose = "condition" | "choice" | "over" | "value";

/** A text of the document that may hold expressions. */
export interface ExpressionSite {
  /** JSON Pointer of the text. */
  path: string;
  text: string;
  purpose: SitePurpose;
  /** What it may read. */
  sees: Visible;
  items: readonly string[];
  /** Whose it is; null at the top. */
  step: FlowStep | null;
  /** Whether it may read the outputs of its own step: what undoes a step knows what the step did. */
  seesItself: boolean;
}

/** The texts of one step, in the order that they are evaluated in. */
export function sitesOfStep(node: StepNode, step: FlowStep): ExpressionSite[] {
  const { body, path } = node;
  const place = { sees: step.sees, items: step.items, step, seesItself: false };
  const sites: ExpressionSite[] = [];
  const add = (key: string, purpose: SitePurpose): void => {
    const value = own(body, key);
    if (value !== undefined) sites.push(...textsIn(value, childPointer(path, key), { ...place, purpose }));
  };
  add("condition", node.kind === "switch" ? "choice" : "condition");
  if (node.kind === "approval") add("message", "value");
  if (node.kind === "map") sites.push(...overOf(body, path, place));
  if (node.kind !== "call") return sites;
  add("inputs", "value");
  const undo = own(body, "compensate");
  const inputs = isMap(undo) ? own(undo, "inputs") : undefined;
  if (inputs !== undefined) {
    const at = childPointer(childPointer(path, "compensate"), "inputs");
    sites.push(...textsIn(inputs, at, { ...place, purpose: "value", seesItself: true }));
  }
  return sites;
}

type Place = Omit<ExpressionSite, "path" | "text">;

/** All texts of a value. */
export function textsIn(value: JsonValue, path: string, place: Place): ExpressionSite[] {
  if (typeof value === "string") return [{ ...place, path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, at) => textsIn(item, childPointer(path, at), place));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, childPointer(path, key), place));
}

/** A text is the list as a whole; in a list that is written out, each text is a value. */
function overOf(body: JsonMap, path: string, place: Omit<Place, "purpose">): ExpressionSite[] {
  const branches = own(body, "branches");
  const over = isMap(branches) ? own(branches, "over") : undefined;
  if (over === undefined) return [];
  const at = childPointer(childPointer(path, "branches"), "over");
  return textsIn(over, at, { ...place, purpose: typeof over === "string" ? "over" : "value" });
}
