import type { Failure } from "../../contract/failure.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { awaitRun } from "../../operations/run/await-run.ts";
import type { CreatedRun } from "../../operations/run/create-once.ts";
import { readRun } from "../../operations/run/read-run.ts";
import { answerJson } from "../answers/answer-json.ts";
import type { Needs } from "../needs.ts";

/**
 * The answer to a request for a run: 202, or 200 when it has ended (at the edge, or within the wait) or an earlier request made it. It is
 * what `GET /v1/runs/{id}` says at that moment.
 */
export async function answerCreatedRun(
  needs: Needs,
  { run, isRepeated }: CreatedRun,
  waitSeconds: number,
): Promise<Result<Response, Failure>> {
  let now = run;
  if (waitSeconds > 0 && !isFinal(run.state)) {
    await awaitRun(needs, run, waitSeconds);
    const read = await readRun(needs, run.id);
    if (!read.ok) return read;
    now = read.value;
  }
  return success(
    answerJson(now, needs.requestId, isRepeated || isFinal(now.state) ? 200 : 202, {
      Location: `/v1/runs/${run.id}`,
      "Cache-Control": "no-store",
      ...(waitSeconds > 0 ? { "Preference-Applied": `wait=${waitSeconds}` } : {}),
      ...(isRepeated ? { "Idempotent-Replayed": "true" } : {}),
    }),
  );
}
