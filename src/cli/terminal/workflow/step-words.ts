import type { OutlineStep } from "../../../domain/workflow-graph/outline-workflow.ts";
import { plainText, shorten } from "../plain-text.ts";
import { showSeconds } from "../show-time.ts";

const widestText = 200;

/** What a step does, in a few words: the skill that it calls, or how what is inside of it is gone through. */
export function stepWords(step: OutlineStep): string {
  const condition = shown(step.condition);
  switch (step.kind) {
    case "call":
      return step.skill === null ? `the workflow that ${shown(step.chosenBy)} names` : shown(step.skill);
    case "approval":
      return `asks: ${shown(step.message)}`;
    case "sequence":
      return "one after the other";
    case "parallel":
      return "at the same time";
    case "conditional":
      return `if ${condition}`;
    case "switch":
      return `switch on ${condition}`;
    case "map":
      return `for each ${shown(step.item)} of ${shown(step.over)}`;
  }
}

/** What else is said of a step: when it is done, by whom it is answered, how often it is tried, what undoes it. */
export function stepRemarks(step: OutlineStep): string[] {
  const { kind, condition, approvers, attempts, atOnce, timeoutSeconds, undo } = step;
  const chooses = kind === "conditional" || kind === "switch";
  return [
    ...(condition === null || chooses ? [] : [`when ${shown(condition)}`]),
    ...(approvers.length === 0 ? [] : [`answered by ${approvers.map(shown).join(" or ")}`]),
    ...(atOnce === null ? [] : [atOnce === 1 ? "one at a time" : `at most ${atOnce} at the same time`]),
    ...(attempts === null || attempts === 1 ? [] : [`${attempts} attempts`]),
    ...(timeoutSeconds === null ? [] : [`within ${wholeUnits(timeoutSeconds)}`]),
    ...(undo === null ? [] : [`undone by ${shown(undo)}`]),
  ];
}

/** The name of a branch, as people say it. */
export function branchWords({ kind }: Pick<OutlineStep, "kind">, key: string): string {
  if (kind === "conditional") return key === "if_true" ? "then" : "else";
  return key === "default" ? "default" : `case ${shown(key)}`;
}

/** `3 d`, `2 h`, `5 min` where it is no fraction of them. */
function wholeUnits(seconds: number): string {
  for (const [unit, length] of [
    ["d", 86_400],
    ["h", 3600],
  ] as const) {
    if (seconds % length === 0) return `${seconds / length} ${unit}`;
  }
  return showSeconds(seconds);
}

function shown(text: string | null): string {
  return shorten(plainText(text ?? ""), widestText);
}
