import { button, element } from "../parts/element.ts";
import { slot } from "../parts/slot.ts";
import { countSteps, type ReadBranch, type ReadStep } from "../workflow/read-steps.ts";
import type { LivePart, RunView } from "./live-part.ts";
import { type ShownState, stepBadge } from "./step-badge.ts";
import { insideOf } from "./step-paths.ts";

/** Items that are shown before one asks for more. */
const itemsAtOnce = 50;
/** Failed items that are shown unasked. */
const failedShown = 10;
/** So few items are not folded. */
const fewItems = 3;

/** A map of a run: which, and how the steps of one of its items are made. */
export interface RunMap {
  step: ReadStep;
  path: string;
  branch: ReadBranch;
  stepsOf(item: number): LivePart;
}

/** The items of a map: how many are done, those that failed, and each of them to be opened. What nobody opens is not made. */
export function mapItems(view: RunView, map: RunMap): LivePart {
  const { path, branch } = map;
  const summary = element("summary", {});
  const list = element("ol", { class: "items" });
  const more = slot();
  const failedList = element("ol", { class: "items", "aria-label": `Failed items of ${path}`, hidden: true });
  const all = element("details", { class: "branch" }, summary, list, more.element);
  const items: LivePart[] = [];
  const failed = new Map<number, LivePart>();
  let asked = itemsAtOnce;
  let wasSeen = false;
  all.addEventListener("toggle", () => refresh());

  function refresh(): void {
    const count = view.known.get(path)?.items ?? null;
    const states = Array.from({ length: count ?? 0 }, (_, item) => itemState(view, map, item));
    summary.replaceChildren(
      element("strong", {}, branch.label),
      ` · ${count === null ? stepsText(branch) : countText(states)}`,
    );
    if (count !== null && !wasSeen) {
      wasSeen = true;
      all.open = count <= fewItems;
    }
    for (const [item, state] of states.entries()) {
      if (state !== "failed" || failed.has(item) || failed.size >= failedShown || all.open) continue;
      const part = itemPart(view, map, item, true);
      failed.set(item, part);
      failedList.append(part.element);
    }
    // Opened, the list has them all.
    failedList.hidden = failed.size === 0 || all.open;
    if (all.open) {
      while (items.length < Math.min(asked, states.length)) {
        const part = itemPart(view, map, items.length, states.length <= fewItems);
        items.push(part);
        list.append(part.element);
      }
    }
    const hidden = states.length - items.length;
    more.show([all.open, hidden], () =>
      all.open && hidden > 0
        ? [
            button(`Show ${Math.min(hidden, itemsAtOnce)} more of ${hidden}`, {}, () => {
              asked += itemsAtOnce;
              const first = items.length;
              refresh();
              items[first]?.element.querySelector("summary")?.focus();
            }),
          ]
        : [],
    );
    if (all.open) for (const part of items) part.refresh();
    else for (const part of failed.values()) part.refresh();
  }

  return { element: element("div", { class: "map-items" }, all, failedList), refresh };
}

/** One item: its steps, once it is opened. */
function itemPart(view: RunView, map: RunMap, item: number, isOpen: boolean): LivePart {
  const summary = slot();
  const box = element("details", { class: "branch item", open: isOpen }, element("summary", {}, summary.element));
  let steps: LivePart | null = null;
  box.addEventListener("toggle", () => refresh());

  function refresh(): void {
    const state = itemState(view, map, item);
    summary.show(state, () => [element("strong", {}, `item ${item + 1}`), " ", stepBadge(state)]);
    if (!box.open) return;
    if (steps === null) {
      steps = map.stepsOf(item);
      box.append(steps.element);
    }
    steps.refresh();
  }

  return { element: element("li", {}, box), refresh };
}

/** Where an item stands, by the steps of it that were told. */
function itemState(view: RunView, { step, path, branch }: RunMap, item: number): ShownState {
  const within = insideOf(path, step, branch, item);
  const states = branch.steps.map(({ id }) => view.known.get(within + id)?.state);
  const first = (["failed", "waiting", "running", "cancelled"] as const).find((one) => states.includes(one));
  if (first !== undefined) return first;
  const last = states.at(-1);
  if (last !== undefined)
    return states.every((one) => one === "kept") ? "kept" : last === "skipped" ? last : "succeeded";
  if (states.some((one) => one !== undefined)) return view.hasEnded() ? "not reached" : "running";
  return view.hasEnded() ? "not reached" : "to come";
}

/** `12 of 200 items done, 3 running, 1 failed`. */
function countText(states: readonly ShownState[]): string {
  const of = (...wanted: ShownState[]) => states.filter((state) => wanted.includes(state)).length;
  const done = of("succeeded", "kept", "skipped");
  const others = (["running", "waiting", "failed", "cancelled", "not reached"] as const).flatMap((state) =>
    of(state) === 0 ? [] : [`, ${of(state)} ${state}`],
  );
  return `${done} of ${states.length} ${states.length === 1 ? "item" : "items"} done${others.join("")}`;
}

function stepsText({ steps }: ReadBranch): string {
  const count = countSteps(steps);
  return `${count} ${count === 1 ? "step" : "steps"}`;
}
