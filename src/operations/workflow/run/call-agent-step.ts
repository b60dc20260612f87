import { v7 } from "uuid";
import type { EntityRow } from "../../../bindings/d1/entity/entity-statements.ts";
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
import { type KeptEnd, keptEnd } from "./kept-end.ts";
import type { OpenRun } from "./open-run.ts";
import { refusedStep } from "./refused-step.ts";
import { stepRunOf } from "./step-run.ts";

/** An attempt at calling an agent. `isAnswered`: the agent itself said how it went; else nobody knows whether the call arrived. */
type Attempt = InPlaceAttempt & { isAnswered: boolean; retryAfterMs: number | null };
/** What a durable step keeps of an attempt: the end of the run, where it succeeded. */
type Tried = { attempt: Attempt } | { end: KeptEnd };
type Prepared = { job: Job; inputEntity: EntityRow };

/** Has a step done by an agent: as often as the step's retry and the kind of its failures allow. */
export async function callAgentStep(open: OpenRun, task: CallTask, agent: PinnedAgent): Promise<CallOutcome> {
  const earlier = endedChild(open, task);
  if (earlier !== null) return earlier;
  const { steps, journal, row } = open;
  const prepared = await steps.do(task.path, () => prepare(open, task, agent));
  if ("refused" in prepared) return prepared.refused;
  const { job } = prepared;
  journal.note({ path: task.path, run: job.run_id, input_entity: job.input_entity });
  const failed: Attempt[] = [];
  for (;;) {
    const number = failed.length + 1;
    if (number > 1) journal.note({ path: task.path, attempt: number });
    // The same key as long as nobody knows whether a call arrived: then the agent does it once.
    const answers = failed.filter(({ isAnswered }) => isAnswered).length;
    const key = `${row.id}/${task.path}${answers === 0 ? "" : `#${answers + 1}`}`;
    const tried = await steps.do(`${task.path} attempt ${number}`, async (): Promise<Tried> => {
      const attempt = await tryOnce(open, task, agent, key);
      // What an agent gives may be more than a step may keep, so the step that has it places it.
      return attempt.result.ok ? { end: await endOf(open, task, prepared, [...failed, attempt]) } : { attempt };
    });
    if ("end" in tried) return recordEnd(open, task, tried.end);
    failed.push(tried.attempt);
    const waitMs = pauseAfter(task, failed);
    if (waitMs === null) break;
    await steps.sleep(`${task.path} pause ${number}`, waitMs);
  }
  return recordEnd(open, task, await steps.do(`${task.path} end`, () => endOf(open, task, prepared, failed)));
}

/** How long to wait before the next attempt; null when there is none. */
function pauseAfter({ retry, deadline }: CallTask, failed: readonly Attempt[]): number | null {
  const last = failed.at(-1);
  const classes = failed.flatMap(({ result }) => (result.ok ? [] : [result.failure.class]));
  if (last === undefined || !isTriedAgain(retry, classes)) return null;
  const waitMs = Math.max(retryWaitMs(retry, failed.length), last.retryAfterMs ?? 0);
  return deadline !== null && Date.parse(last.finishedAt) + waitMs >= deadline ? null : waitMs;
}

async function endOf(
  open: OpenRun,
  task: CallTask,
  { job, inputEntity: entity }: Prepared,
  attempts: readonly Attempt[],
): Promise<KeptEnd> {
  const ending = await inPlaceEnding(open.needs, job, "agent", attempts);
  const row = newRunRow({ job, inputEntity: entity, labels: {}, createdBy: open.row.created_by });
  return keptEnd(open, task, { row, job, inputEntity: entity, ending, eventsDigest: null });
}

function recordEnd({ journal }: OpenRun, { path }: CallTask, { outcome, ended }: KeptEnd): CallOutcome {
  if (ended !== null) journal.record(ended);
  if (outcome.state === "succeeded") journal.note({ path, output_entity: outcome.entity });
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
    replay_of: null,
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
