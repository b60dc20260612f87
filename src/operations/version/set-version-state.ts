import type { StateRequest } from "../../bindings/durable/registrar.ts";
import type { ChangeAnswer } from "../../contract/artifact/resolved.ts";
import type { Failure } from "../../contract/failure.ts";
import { checkStateChange } from "../../domain/registration/check-state-change.ts";
import { setVersionState as changeState } from "../../domain/registration/name-change.ts";
import type { Result } from "../../domain/result.ts";
import { changeAnswerOf } from "../registration/change-answer.ts";
import type { NameWriting } from "../registration/name-writer.ts";

/** Deprecates, yanks, restores or deletes a version. Asking for the state it has changes nothing. */
export function setVersionState(
  { writer, now }: { writer: NameWriting; now: () => Date },
  request: StateRequest,
  by: string,
): Promise<Result<ChangeAnswer, Failure>> {
  return writer.write<ChangeAnswer>(async (state) => {
    const { version, message, successor, sunset } = request;
    const wanted = request.state === "live" ? null : { message, successor, sunset };
    const checked = checkStateChange(state, version, request.state, wanted);
    if (!checked.ok) return { type: "answer", result: checked };
    if (!checked.value.changes) return { type: "answer", result: changeAnswerOf(state, version, false) };
    const at = now().toISOString();
    const notice = wanted === null ? null : { since: at, ...wanted };
    return {
      type: "commit",
      change: changeState(state, version, request.state, notice, { by, at }),
      answer: (after) => changeAnswerOf(after, version, true),
    };
  });
}
