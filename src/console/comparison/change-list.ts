import type { Change } from "../../contract/template/comparison.ts";
import type { ComparisonAnswer } from "../../contract/template/comparison-answer.ts";
import { element } from "../parts/element.ts";

const longestValue = 160;

/** The differences, most severe first, each with its level in a word and a colour. */
export function changeList(answer: ComparisonAnswer): HTMLElement {
  const { from_version: from, to_version: to, bump, changes } = answer;
  if (changes.length === 0) return element("p", { class: "panel" }, `${from} and ${to} do not differ.`);
  return element(
    "div",
    {},
    element(
      "p",
      { class: "lead" },
      `From ${from} to ${to}: ${changes.length} ${changes.length === 1 ? "change" : "changes"}, which ${changes.length === 1 ? "asks" : "ask"} for a `,
      element("strong", {}, bump),
      " version.",
    ),
    element("ul", { class: "changes" }, ...changes.map(changeItem)),
  );
}

function changeItem(change: Change): HTMLElement {
  const values = [change.from, change.to].filter(isShown);
  // Most messages tell the values themselves.
  const hasValues = values.some((value) => !change.message.includes(textOf(value)));
  return element(
    "li",
    { class: `change change-${change.level}` },
    element("span", { class: "level" }, change.level),
    element("code", { class: "pointer" }, change.path),
    element("p", {}, change.message),
    hasValues
      ? element(
          "p",
          { class: "values" },
          element("del", {}, textOf(change.from)),
          " → ",
          element("ins", {}, textOf(change.to)),
        )
      : null,
  );
}

function isShown(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function textOf(value: unknown): string {
  if (!isShown(value)) return "nothing";
  const text = JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
