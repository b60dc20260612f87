import { own } from "../document/json-value.ts";
import { defaultCase } from "./choose-case.ts";
import { itemNameOf } from "./item-name.ts";
import type { StepKind, StepNode } from "./step-node.ts";

/** Whether a step has surely run where it is asked for, or only on some ways there. */
export type Presence = "sure" | "maybe";

/** Which steps can be asked for at a place, by id. */
export type Visible = ReadonlyMap<string, Presence>;

/** A step, its order and what it can read. Steps are named by their paths, since branches that exclude each other may share ids. */
export interface FlowStep {
  /** JSON Pointer in the document. */
  path: string;
  /** Its path where it has no id that could be referred to. */
  id: string;
  kind: StepKind;
  /** The step that it stands in, and the key of the branch; null at the top. */
  inside: { path: string; branch: string } | null;
  /** The step right before it in its list, which must be settled first; null when it starts as soon as what it stands in does. */
  after: string | null;
  /** Whether it may be left out although its list is gone through: it has a `condition` of its own. */
  mayBeSkipped: boolean;
  /** What its expressions may read. */
  sees: Visible;
  /** Items of the maps around it, the innermost last. */
  items: readonly string[];
  /** What its outputs hold when it has run, where they are those of the steps inside: these by id. Empty for all others, maps too. */
  children: Visible;
}

/** A workflow's order: what the check, the engine and drawings all go by. */
export interface DataFlow {
  /** In the order of the document, each before those inside of it. Steps without a type that there is are not among them. */
  steps: readonly FlowStep[];
  /** What the outputs of the whole may read. */
  atEnd: Visible;
}

/** The order and the visibility of all steps. */
export function dataFlow(steps: readonly StepNode[]): DataFlow {
  const found: FlowStep[] = [];
  const atEnd = followList(steps, { found, inside: null, sees: new Map(), items: [] }, "in turn");
  return { steps: found, atEnd };
}

interface Here {
  found: FlowStep[];
  inside: FlowStep["inside"];
  sees: Visible;
  items: readonly string[];
}

/** What a list gives to those after it. */
function followList(steps: readonly StepNode[], here: Here, order: "in turn" | "at once"): Map<string, Presence> {
  const gives = new Map<string, Presence>();
  let after: string | null = null;
  for (const node of steps) {
    const sees = order === "in turn" ? new Map([...here.sees, ...gives]) : here.sees;
    for (const [id, presence] of followStep(node, { ...here, sees }, after)) gives.set(id, presence);
    if (order === "in turn") after = node.path;
  }
  return gives;
}

function followStep(node: StepNode, here: Here, after: string | null): Map<string, Presence> {
  const { id, kind, path } = node;
  const children = new Map<string, Presence>();
  const mayBeSkipped = kind !== "conditional" && kind !== "switch" && own(node.body, "condition") !== undefined;
  if (kind !== null) {
    const { inside, sees, items } = here;
    here.found.push({ path, id: id ?? path, kind, inside, after, mayBeSkipped, sees, items, children });
  }
  const inner = followBranches(node, here);
  const direct = new Set(node.branches.flatMap((branch) => branch.steps.map((step) => step.id)));
  // Steps of a map run once for each item: from outside, only the list of what they gave can be read.
  const gives = kind === "map" ? new Map<string, Presence>() : inner;
  for (const [child, presence] of gives) if (direct.has(child)) children.set(child, presence);
  if (id !== null) gives.set(id, "sure");
  if (!mayBeSkipped) return gives;
  return new Map([...gives.keys()].map((key) => [key, "maybe"]));
}

function followBranches(node: StepNode, here: Here): Map<string, Presence> {
  const { kind, path, body, branches } = node;
  const items = kind === "map" ? [...here.items, itemNameOf(body)] : here.items;
  const lists = branches.map((branch) => {
    const inside = { ...here, items, inside: { path, branch: branch.key } };
    return followList(branch.steps, inside, kind === "parallel" ? "at once" : "in turn");
  });
  const isChoice = kind === "conditional" || kind === "switch" || kind === null;
  return isChoice ? eitherOf(lists, isExhaustive(node)) : new Map(lists.flatMap((gives) => [...gives]));
}

/** Whether one of the branches is always gone through. */
function isExhaustive({ kind, branches }: StepNode): boolean {
  const last = kind === "switch" ? defaultCase : "if_false";
  return kind !== null && branches.some((branch) => branch.key === last);
}

/** What is sure in each branch is sure after all of them, when one of them is always taken. */
function eitherOf(lists: readonly Visible[], isExhausted: boolean): Map<string, Presence> {
  const ids = new Set(lists.flatMap((gives) => [...gives.keys()]));
  return new Map(
    [...ids].map((id) => {
      const isSure = isExhausted && lists.every((gives) => gives.get(id) === "sure");
      return [id, isSure ? "sure" : "maybe"];
    }),
  );
}
