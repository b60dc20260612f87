import type { ChangeAnswer } from "../../contract/artifact/resolved.ts";
import type { Failure } from "../../contract/failure.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import { type Result, success } from "../../domain/result.ts";

/** What a change of a state or a tag tells its caller: the version it was about, and the tags as they are now. */
export function changeAnswerOf(
  state: NameState,
  version: string | null,
  changed: boolean,
): Result<ChangeAnswer, Failure> {
  const entry = indexOf(state, state.seq, "").versions.find((candidate) => candidate.version === version) ?? null;
  return success({ kind: state.kind, name: state.name, seq: state.seq, changed, version: entry, tags: state.tags });
}
