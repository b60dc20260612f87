import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";
import { limits } from "../limits.ts";
import { run, runSummary } from "../run/run.ts";
import { logEvent, runEvent } from "../run/run-event.ts";
import { runId } from "../run/run-id.ts";
import { poolName, runRequest } from "../run/run-request.ts";
import { runState } from "../run/run-state.ts";
import { cursor, decimal, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const runParams = z.strictObject({ run_id: runId });
const runFailures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RUN_NOT_FOUND", "UNAVAILABLE"] as const;

export const runPage = z
  .object({ items: z.array(runSummary), next_cursor: z.string().nullable() })
  .meta({ id: "RunPage", description: "A page of runs, newest first." });
export type RunPage = z.infer<typeof runPage>;

/** Events after `after`, oldest first; go on with the last one's id. */
export const runEventPage = z
  .object({ events: z.array(runEvent), ended: z.boolean() })
  .meta({ id: "RunEventPage", description: "Events of a run, oldest first." });
export type RunEventPage = z.infer<typeof runEventPage>;

export const runLogPage = z
  .object({ lines: z.array(logEvent), ended: z.boolean(), next_cursor: z.string().nullable() })
  .meta({ id: "RunLogPage", description: "Log lines of a run, oldest first." });
export type RunLogPage = z.infer<typeof runLogPage>;

export const listRuns = route({
  operationId: "listRuns",
  method: "GET",
  path: "/v1/runs",
  tag: "Runs",
  summary: "Runs, newest first",
  access: "run",
  query: z.strictObject({
    state: runState.optional(),
    kind: artifactKind.optional(),
    name: z.string().min(1).max(128).optional(),
    pool: poolName.optional(),
    /** `key:value`. */
    label: z.string().min(3).max(200).optional(),
    /** Runs that took this entity or a value of it, or that made it. */
    entity: z.uuid().optional(),
    /** Runs that do steps of this workflow's run; `none`: those that do no step of any. */
    parent: z.union([runId, z.literal("none")]).optional(),
    limit: pageLimit,
    cursor,
  }),
  answers: { 200: { description: "A page of runs", schema: runPage } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});

export const getRun = route({
  operationId: "getRun",
  method: "GET",
  path: "/v1/runs/{run_id}",
  tag: "Runs",
  summary: "A run: its state, attempts, progress, outputs, and why it waits",
  access: "run",
  params: runParams,
  answers: { 200: { description: "The run", schema: run } },
  failures: runFailures,
});

export const cancelRun = route({
  operationId: "cancelRun",
  method: "POST",
  path: "/v1/runs/{run_id}:cancel",
  tag: "Runs",
  summary: "Cancel a run",
  description:
    "Final at once, in every state that is not final; its runner is told to stop. Cancelling twice is the same as once.",
  access: "run",
  params: runParams,
  body: {
    as: "json",
    schema: z.strictObject({ reason: z.string().min(1).max(2000).optional() }),
    limitBytes: limits.requestBytes,
    isOptional: true,
  },
  answers: { 200: { description: "Cancelled, now or before", schema: run } },
  failures: [...runFailures, "RUN_ENDED"],
});

export const replayRun = route({
  operationId: "replayRun",
  method: "POST",
  path: "/v1/runs/{run_id}:replay",
  tag: "Runs",
  summary: "Run the same digest on the same inputs again",
  description: "The new run's `replay` says whether the outputs are equal, and where they differ.",
  access: "run",
  params: runParams,
  body: {
    as: "json",
    schema: runRequest.pick({ priority: true, pool: true, labels: true }),
    limitBytes: limits.requestBytes,
    isOptional: true,
  },
  answers: {
    202: { description: "Queued; Location names the new run", schema: run },
    200: { description: "Ended within `Prefer: wait`", schema: run },
  },
  failures: [...runFailures, "VERSION_DELETED", "STATE_CONFLICT", "IDEMPOTENCY_CONFLICT", "FILE_NOT_FOUND"],
});

export const listRunEvents = route({
  operationId: "listRunEvents",
  method: "GET",
  path: "/v1/runs/{run_id}/events",
  tag: "Runs",
  summary: "What happened in a run, and what happens",
  description:
    "With `Accept: text/event-stream` a stream of events (SSE) that ends with the run; `Last-Event-ID` resumes it. With `Upgrade: websocket` the same events, one JSON text message each; `?after=` resumes. Else a page of what there is.",
  access: "run",
  params: runParams,
  query: z.strictObject({ after: decimal.optional(), limit: pageLimit }),
  answers: {
    200: { description: "Events after `after`, oldest first", schema: runEventPage },
    204: { description: "A stream that has ended, resumed after its last event: a browser stops coming back" },
  },
  failures: [...runFailures, "NOT_ACCEPTABLE"],
});

export const listRunLogs = route({
  operationId: "listRunLogs",
  method: "GET",
  path: "/v1/runs/{run_id}/logs",
  tag: "Runs",
  summary: "What a run's handler printed",
  description: "`Accept: text/plain` gives the lines alone.",
  access: "run",
  params: runParams,
  query: z.strictObject({ attempt: decimal.optional(), limit: pageLimit, cursor }),
  answers: { 200: { description: "Log lines, oldest first", schema: runLogPage } },
  failures: runFailures,
});
