import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceDraft } from "../../domain/function/source-draft.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import {
  type Author,
  changesAnything,
  type NameChange,
  publishVersion,
  pushAgain,
} from "../../domain/registration/name-change.ts";
import { type Result, success } from "../../domain/result.ts";
import { checkPush } from "../registration/check-push.ts";
import type { JudgeNeeds } from "../registration/judge-candidate.ts";
import { registrationOf, storeBytes } from "../registration/register-candidate.ts";
import { type NamesWriterNeeds, writeNames } from "../registration/write-names.ts";
import { type JudgedFunction, judgeSource } from "./judge-source.ts";

export interface PublishNeeds extends JudgeNeeds {
  writing: NamesWriterNeeds;
  blobs: R2Bucket;
}

/** Publishes the functions of one source: judged against their names' newest states, bytes into R2, then the one commit of them all. */
export function publishSource(
  needs: PublishNeeds,
  draft: SourceDraft,
  by: string,
): Promise<Result<Registration[], Failure>> {
  const names = draft.functions.map((definition) => definition.id);
  return writeNames<Registration[]>(needs.writing, "function", names, async (states) => {
    const judged = await judgeSource(needs, states, draft);
    if (!judged.ok) return { type: "answer", result: judged };
    const all = judged.value;
    const author = { by, at: needs.writing.now().toISOString() };
    const changing = all.flatMap((one) => changeOf(one, author) ?? []);
    const pushed = changing.map(({ candidate, change }) => checkPush(candidate, change)).find((one) => !one.ok);
    if (pushed?.ok === false) return { type: "answer", result: pushed };
    if (changing.length === 0) return { type: "answer", result: success(registrationsOf(all, false)) };
    await storeBytes(needs.blobs, ...changing.map((one) => one.change));
    return {
      type: "commit",
      changes: changing.map((one) => one.change),
      answer: (after) => {
        const newest = new Map(after.map((state) => [state.name, state]));
        return success(
          registrationsOf(
            all.map((one) => ({ ...one, state: newest.get(one.candidate.name) ?? one.state })),
            false,
          ),
        );
      },
    };
  });
}

/** What a function's name goes through: a version that is new, or pushed again. Null: nothing. */
function changeOf(
  { state, candidate, verdict }: JudgedFunction,
  author: Author,
): { candidate: Candidate; change: NameChange } | null {
  if (verdict.status === "new") return { candidate, change: publishVersion(state, candidate, author) };
  if (candidate.push === null) return null;
  const change = pushAgain(state, candidate, author);
  return changesAnything(change, state) ? { candidate, change } : null;
}

/** What publishing, or a dry run of it, tells its caller; in the order of the source. */
export function registrationsOf(judged: readonly JudgedFunction[], isDryRun: boolean): Registration[] {
  return judged.map(({ candidate, verdict, state }) => registrationOf(candidate, verdict, state, isDryRun));
}
