import type { Read } from "./document-texts.ts";
import type { Frame } from "./frame.ts";
import type { StepResult } from "./step-result.ts";

/** Why something is not there that an expression needs, and does not ask for by `has()`: a step that failed or was skipped. Null when all is there. */
export function whyMissing(frame: Frame, reads: readonly Read[]): string | null {
  for (const { path, guarded } of reads) {
    const [root = "", id, , ...rest] = path;
    if (guarded || root !== "steps" || id === undefined || frame.item(root) !== undefined) continue;
    const ran = frame.step(id);
    if (ran?.state !== "succeeded") return `it needs what ${id} gives, which ${ranWords[ran?.state ?? "skipped"]}`;
    const missing = missingIn(frame, id, ran.result, rest);
    if (missing !== null) return missing;
  }
  return null;
}

const ranWords = { failed: "failed", skipped: "was skipped" };

/** A part of what has steps inside that is not there since its step gave nothing. */
function missingIn(frame: Frame, id: string, result: StepResult, path: readonly string[]): string | null {
  const [token, ...rest] = path;
  if (token === undefined) return null;
  if (result.kind === "map") {
    const member = result.members.get(token);
    if (member !== undefined) return missingIn(frame, token, member, rest);
    const ran = frame.step(token);
    // An alias is no step: then the name is wrong.
    if (ran === undefined || ran.state === "succeeded") return null;
    return `it needs what ${token} gives, which ${ranWords[ran.state]}`;
  }
  if (result.kind !== "list") return null;
  const item = result.items[Number(token)];
  if (item === null) return `it needs what item ${token} of ${id} gives, which gave nothing`;
  return item === undefined ? null : missingIn(frame, id, item, rest);
}
