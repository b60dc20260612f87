import { type Child, element } from "../parts/element.ts";
import type { ReadStep } from "./read-steps.ts";

/** When a step is gone through, or what chooses its branch. */
export function conditionText({ type, condition }: Pick<ReadStep, "type" | "condition">): Child {
  if (condition === null) return null;
  const word = type === "conditional" ? "if" : type === "switch" ? "by" : "only if";
  return element("span", { class: "step-condition" }, `${word} `, element("code", {}, condition));
}

/** What a map goes through. */
export function loopText({ loop }: Pick<ReadStep, "loop">): Child {
  if (loop === null) return null;
  const over = typeof loop.over === "string" ? loop.over : JSON.stringify(loop.over);
  return element(
    "span",
    { class: "step-condition" },
    "each ",
    element("code", {}, loop.as),
    " of ",
    element("code", {}, over),
  );
}
