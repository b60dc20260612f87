import type { StepState } from "../../../contract/workflow/step-state.ts";
import type { OutlineStep } from "../../../domain/workflow-graph/outline-workflow.ts";
import { isSettled, type StepStates } from "../../runs/step-states.ts";

/** How far the items of a map are. */
export interface FoldedItems {
  /** Null until the map has begun. */
  total: number | null;
  /** Items whose last step is done with, and none failed. */
  done: number;
  failed: number;
  /** Items that have begun and are neither. */
  underWay: number;
  /** Steps of items that undo what was done. */
  undone: number;
  /** What people must see: steps that failed, and those that wait for an answer. */
  notable: StepState[];
}

/** Counts a map's items by what is known of the steps inside. */
export function foldItems(map: OutlineStep, states: StepStates): FoldedItems {
  const last = map.branches.at(-1)?.steps.at(-1)?.id ?? "";
  const items = new Map<number, { isDone: boolean; isFailed: boolean }>();
  const folded = { undone: 0, notable: [] as StepState[] };
  for (const step of states.values()) {
    const place = placeInside(map.path, step.path);
    if (place === null) continue;
    if (place.rest.endsWith("!undo")) {
      folded.undone += 1;
      continue;
    }
    const item = items.get(place.item) ?? { isDone: false, isFailed: false };
    if (place.rest === last && isSettled(step.state)) item.isDone = true;
    if (step.state === "failed") item.isFailed = true;
    items.set(place.item, item);
    if (step.state === "failed" || step.state === "waiting") folded.notable.push(step);
  }
  const all = [...items.values()];
  return {
    ...folded,
    total: states.get(map.path)?.items ?? null,
    done: all.filter(({ isDone, isFailed }) => isDone && !isFailed).length,
    failed: all.filter(({ isFailed }) => isFailed).length,
    underWay: all.filter(({ isDone, isFailed }) => !isDone && !isFailed).length,
  };
}

/** Which item a path is of, and what comes behind it. */
function placeInside(map: string, path: string): { item: number; rest: string } | null {
  if (!path.startsWith(`${map}[`)) return null;
  const end = path.indexOf("]/", map.length);
  return end < 0 ? null : { item: Number(path.slice(map.length + 1, end)), rest: path.slice(end + 2) };
}
