import { v7 } from "uuid";
import type { EntityRow } from "../../../bindings/d1/entity/entity-statements.ts";
import type { EndedRun } from "../../../bindings/d1/workflow/ended-run-statements.ts";
import { limits } from "../../../contract/limits.ts";
import type { Job } from "../../../contract/runner/job.ts";
import type { PinnedAgent } from "../../../contract/workflow/plan.ts";
import { inputEntity } from "../../../domain/entity/make-entity.ts";
import { refusal } from "../../../domain/result.ts";
import type { CallOutcome, CallTask, StepFailure } from "../../../domain/workflow-run/actions.ts";
import { isTriedAgain, retryWaitMs } from "../../../domain/workflow-run/retry-wait.ts";
import { callAgent } from "../../agent/call-agent.ts";
import { placeEntity } from "../../entity/place-entity.ts";
import { type InPlaceAttempt, inPlaceEnding } from "../../run/in-place-ending.ts";
import { jobWithoutRunner } from "../../run/job-without-runner.ts";
import { agentPool } from "../../run/no-pool.ts";
import { newRunRow } from "../../run/prepared-run.ts";
import { endedChild } from "./ended-child.ts";
import type { OpenRun } from "./open-run.ts";
import { refusedStep } from "./refused-step.ts";
import { outcomeOfEnding } from "./step-outcome.ts";
import { stepRunOf } from "./step-run.ts";

/** An attempt at calling an agent. `isAnswered`: the agent itself said how it went; else nobody knows whether the call arrived. */
type Attempt = InPlaceAttempt & { isAnswered: boolean; retryAfterMs: number | null };
type Prepared = { job: Job; inputEntity: EntityRow };

/** Has a step done by an agent: as often as the step's retry and the kind of its failures allow. */
export async function callAgentStep(open: OpenRun, task: CallTask, agent: PinnedAgent): Promise<CallOutcome> {
  const earlier = endedChild(open, task);
  if (earlier !== null) return earlier;
  const { needs, steps, journal, row } = open;
  const prepared = await steps.do(task.path, () => prepare(open, task, agent));
  if ("refused" in prepared) return prepared.refused;
  const { job, inputEntity: entity } = prepared;
  journal.note({ path: task.path, run: job.run_id, input_entity: job.input_entity });
  const attempts: Attempt[] = [];
  let answers = 0;
  for (;;) {
    const number = attempts.length + 1;
    if (number > 1) journal.note({ path: task.path, attempt: number });
    // The same key as long as nobody knows whether a call arrived: then the agent does it once.
    const key = `${row.id}/${task.path}${answers === 0 ? "" : `#${answers + 1}`}`;
    const attempt = await steps.do(`${task.path} attempt ${number}`, () => tryOnce(open, task, agent, key));
    attempts.push(attempt);
    if (attempt.isAnswered) answers += 1;
    const failures = attempts.flatMap(({ result }) => (result.ok ? [] : [result.failure.class]));
    if (attempt.result.ok || !isTriedAgain(task.retry, failures)) break;
    const waitMs = Math.max(retryWaitMs(task.retry, number), attempt.retryAfterMs ?? 0);
    if (task.deadline !== null && Date.parse(attempt.finishedAt) + waitMs >= task.deadline) break;
    await steps.sleep(`${task.path} pause ${number}`, waitMs);
  }
  const ended = await steps.do(`${task.path} end`, async (): Promise<EndedRun> => {
    const ending = await inPlaceEnding(needs, job, "agent", attempts);
    const prepared = { job, inputEntity: entity, labels: {}, createdBy: row.created_by };
    return { row: newRunRow(prepared), job, inputEntity: entity, ending, eventsDigest: null };
  });
  journal.record(ended);
  const outcome = outcomeOfEnding(ended.ending);
  if (outcome.state === "succeeded") journal.note({ path: task.path, output_entity: outcome.entity });
  return outcome;
}

async function prepare(
  open: OpenRun,
  task: CallTask,
  { name, version, digest, skill, url }: PinnedAgent,
): Promise<Prepared | { refused: CallOutcome }> {
  const { needs, row, wishes } = open;
  const { runId, parent, resolved } = stepRunOf(open, task);
  const at = needs.now();
  const createdAt = at.toISOString();
  const { values, attributeSource, borrowed } = resolved;
  const artifact = { kind: "agent", name, version, digest } as const;
  const entity = inputEntity({
    ecsId: v7(),
    createdAt,
    createdBy: row.created_by,
    artifact,
    data: values,
    attributeSource,
    borrowed,
    files: [],
    untypedData: { skill },
  });
  const placed = await placeEntity(needs, entity);
  if (!placed.ok) return { refused: refusedStep(placed.failure, at.getTime()) };
  const job = jobWithoutRunner({
    ...artifact,
    run_id: runId,
    flattened_digest: digest,
    pool: agentPool,
    priority: wishes.priority ?? row.priority,
    created_at: createdAt,
    timeout_seconds: limits.agentCallSeconds,
    max_attempts: task.retry.max_attempts,
    parameters: { skill, url },
    files: [],
    parent,
    inputs: values,
    inputEntity: placed.value,
  });
  return { job, inputEntity: placed.value };
}

async function tryOnce(open: OpenRun, task: CallTask, agent: PinnedAgent, key: string): Promise<Attempt> {
  const { needs, row } = open;
  const began = needs.now();
  const leftMs = task.deadline === null ? Number.POSITIVE_INFINITY : task.deadline - began.getTime();
  const mostSeconds = task.isUntimed ? limits.agentCallSeconds : limits.agentCallMostSeconds;
  const timeoutMs = Math.min(leftMs, mostSeconds * 1000);
  const outcome =
    leftMs <= 0
      ? null
      : await callAgent(needs, { agent, inputs: task.inputs.values, key, timeoutMs, runId: row.id, step: task.path });
  const ended = needs.now();
  const times = {
    startedAt: began.toISOString(),
    finishedAt: ended.toISOString(),
    seconds: (ended.getTime() - began.getTime()) / 1000,
  };
  if (outcome?.ok === true)
    return { ...times, result: { ok: true, value: outcome.outputs }, isAnswered: true, retryAfterMs: null };
  // What is cut short by the step's own time is not tried again: there is none left.
  const isLate =
    outcome === null || (!outcome.isAnswered && task.deadline !== null && ended.getTime() >= task.deadline);
  const failure = isLate ? timedOut(task, agent) : outcome.failure;
  return {
    ...times,
    result: refusal(failure),
    isAnswered: outcome?.isAnswered ?? false,
    retryAfterMs: outcome?.retryAfterMs ?? null,
  };
}

function timedOut({ deadline, startedAt }: CallTask, { name }: PinnedAgent): StepFailure {
  const seconds = Math.round(((deadline ?? startedAt) - startedAt) / 1000);
  return {
    class: "permanent",
    code: "timed_out",
    message: `agent ${name} did not answer within ${seconds} s`,
    detail: null,
  };
}
