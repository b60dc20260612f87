import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceDraft } from "../../domain/function/source-draft.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import { type Result, success } from "../../domain/result.ts";
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
    const fresh = all.filter((one) => one.verdict.status === "new");
    if (fresh.length === 0) return { type: "answer", result: success(registrationsOf(all, false)) };
    await storeBytes(needs.blobs, ...fresh.map((one) => one.candidate));
    const author = { by, at: needs.writing.now().toISOString() };
    return {
      type: "commit",
      changes: fresh.map(({ state, candidate }) => publishVersion(state, candidate, author)),
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

/** What publishing, or a dry run of it, tells its caller; in the order of the source. */
export function registrationsOf(judged: readonly JudgedFunction[], isDryRun: boolean): Registration[] {
  return judged.map(({ candidate, verdict, state }) => registrationOf(candidate, verdict, state, isDryRun));
}
