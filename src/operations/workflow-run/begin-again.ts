import { v7 } from "uuid";
import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import { loadJob, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { loadWorkflowRun } from "../../bindings/d1/workflow/workflow-run-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import { type RunRequest, runRequest } from "../../contract/run/run-request.ts";
import type { Result } from "../../domain/result.ts";
import { loadEntity } from "../entity/load-entity.ts";
import type { CreatedRun } from "../run/create-once.ts";
import { sourcesOfAll } from "../run/prepare-replay.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import { startWorkflowRun } from "../workflow/start-workflow-run.ts";

/** What a run that begins again has otherwise than the one before. */
export interface BeginAgain {
  wishes: Pick<RunRequest, "priority" | "pool" | "labels">;
  retryOf: { run: string; from: string } | null;
  replayOf: string | null;
  by: string;
  keyed: KeyedRequest | null;
}

const stepWishes = runRequest.pick({ pool: true, priority: true, runner_labels: true });

/** Begins a new run of a workflow with the plan of an earlier one, on its inputs, which the new input entity borrows. */
export async function beginAgain(
  needs: RunNeeds,
  earlier: RunRow,
  { wishes: { labels, ...wishes }, retryOf, replayOf, by, keyed }: BeginAgain,
): Promise<Result<CreatedRun, Failure>> {
  const { id, name, version, digest, input_entity: source } = earlier;
  const [own, job, inputs] = await Promise.all([
    loadWorkflowRun(needs.db, id),
    loadJob(needs.db, id),
    loadEntity(needs, source),
  ]);
  if (own === null || job === null || inputs === null) {
    throw new Error(`run ${id} lacks its plan, its job or its input entity ${source} in D1`);
  }
  return startWorkflowRun(needs, {
    runId: v7(),
    createdAt: needs.now().toISOString(),
    skill: { kind: "workflow", name, version, digest },
    planDigest: own.plan_digest,
    depth: 1,
    given: {
      values: inputs.data,
      attributeSource: sourcesOfAll(inputs.data, source),
      borrowed: [{ path: "", sourceEcsId: source, sourcePath: "" }],
    },
    labels: labels ?? earlier.labels,
    wishes: { ...stepWishes.parse(job.parameters), ...wishes },
    timeoutSeconds: job.timeout_seconds,
    by,
    parent: null,
    retryOf,
    replayOf,
    keyed,
  });
}
