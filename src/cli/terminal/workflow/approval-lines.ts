import type { StepState } from "../../../contract/workflow/step-state.ts";
import { shortId } from "../../short-id.ts";
import type { Colors } from "../open-terminal.ts";
import { plainText } from "../plain-text.ts";
import { minuteOf } from "../show-time.ts";
import { wrapText } from "../wrap-text.ts";

/** What a step asks, of whom, until when, and how it is answered. */
export function approvalLines(step: StepState, run: string, width: number, colors: Colors): string[] {
  const { approval } = step;
  if (approval === null) return [];
  if (approval.answer !== null) return [`answered by ${plainText(approval.answer.by)}; it goes on in a moment`];
  const { approvers, until } = approval;
  const whom = approvers === null ? null : `it is for ${approvers.map(plainText).join(" or ")} to say`;
  const limits = [whom, until === null ? null : `until ${minuteOf(until)}`].flatMap((one) => one ?? []);
  return [
    ...wrapText(plainText(approval.message), width),
    ...(limits.length === 0 ? [] : wrapText(limits.join(", "), width).map((line) => colors.dim(line))),
    colors.yellow(`${answerCommand(step, run)}   (or --reject)`),
  ];
}

/** The command that says yes to a step. */
export function answerCommand({ path }: Pick<StepState, "path">, run: string): string {
  // Paths of map items have brackets, which shells would take for a pattern.
  return `callsheet runs approve ${shortId(run)} ${/^[\w/]+$/.test(path) ? path : `'${path}'`}`;
}
