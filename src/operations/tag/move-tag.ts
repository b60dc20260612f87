import type { TagRequest } from "../../bindings/durable/registrar.ts";
import type { ChangeAnswer } from "../../contract/artifact/resolved.ts";
import type { Failure } from "../../contract/failure.ts";
import { checkTagMove } from "../../domain/registration/check-state-change.ts";
import { moveTag as changeTag } from "../../domain/registration/name-change.ts";
import type { Result } from "../../domain/result.ts";
import { changeAnswerOf } from "../registration/change-answer.ts";
import type { NameWriting } from "../registration/name-writer.ts";

/** Creates, moves or deletes a tag. Moving it to where it is changes nothing and adds nothing to its history. */
export function moveTag(
  { writer, now }: { writer: NameWriting; now: () => Date },
  request: TagRequest,
  by: string,
): Promise<Result<ChangeAnswer, Failure>> {
  return writer.write<ChangeAnswer>(async (state) => {
    const { tag, version, reason } = request;
    const checked = checkTagMove(state, tag, version);
    if (!checked.ok) return { type: "answer", result: checked };
    if (!checked.value.changes) return { type: "answer", result: changeAnswerOf(state, version, false) };
    return {
      type: "commit",
      change: changeTag(state, tag, version, reason, { by, at: now().toISOString() }),
      answer: (after) => changeAnswerOf(after, version, true),
    };
  });
}
