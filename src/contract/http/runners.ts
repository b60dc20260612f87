import { z } from "zod";
import { poolName } from "../run/run-request.ts";
import { pool, runner } from "../runner/runner.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const runnerParams = z.strictObject({ runner_id: z.uuid() });
const inPool = z.strictObject({ pool: poolName.optional() });
const failures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RUNNER_NOT_FOUND", "UNAVAILABLE"] as const;
const readFailures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"] as const;

export const runnerList = z
  .object({ items: z.array(runner) })
  .meta({ id: "RunnerList", description: "Runners, by pool and name." });

export const poolList = z.object({ items: z.array(pool) }).meta({ id: "PoolList", description: "Pools, by name." });

/** A message of a queue that could not be carried out, kept so that nothing disappears. */
export const deadLetter = z
  .object({
    id: z.string(),
    queue: z.string(),
    body: z.unknown(),
    reason: z.string(),
    attempts: z.int(),
    run_id: z.string().nullable(),
    at: z.string(),
  })
  .meta({ id: "DeadLetter", description: "A message that could not be carried out." });
export type DeadLetter = z.infer<typeof deadLetter>;

export const deadLetterPage = z
  .object({ items: z.array(deadLetter), next_cursor: z.string().nullable() })
  .meta({ id: "DeadLetterPage", description: "A page of dead letters, newest first." });

export const listRunners = route({
  operationId: "listRunners",
  method: "GET",
  path: "/v1/runners",
  tag: "Runners",
  summary: "Runners, what each can do and what each does",
  access: "run",
  query: inPool,
  answers: { 200: { description: "The runners", schema: runnerList } },
  failures: readFailures,
});

export const connectRunner = route({
  operationId: "connectRunner",
  method: "GET",
  path: "/v1/runners/connect",
  tag: "Runners",
  summary: "A runner's connection (WebSocket)",
  description:
    "Subprotocol `callsheet.runner.v1`; messages are JSON text. The runner says `hello` first. docs/runners.md tells the rest.",
  access: "runner",
  query: inPool,
  answers: { 101: { description: "Connected" } },
  failures: [...readFailures, "UPGRADE_REQUIRED"],
});

export const approveRunner = route({
  operationId: "approveRunner",
  method: "POST",
  path: "/v1/runners/{runner_id}:approve",
  tag: "Runners",
  summary: "Let a pending runner take jobs",
  access: "admin",
  params: runnerParams,
  query: inPool,
  answers: { 200: { description: "Approved, now or before", schema: runner } },
  failures,
});

export const drainRunner = route({
  operationId: "drainRunner",
  method: "POST",
  path: "/v1/runners/{runner_id}:drain",
  tag: "Runners",
  summary: "Give a runner no further jobs",
  access: "admin",
  params: runnerParams,
  query: inPool,
  answers: { 200: { description: "Draining, now or before", schema: runner } },
  failures,
});

export const resumeRunner = route({
  operationId: "resumeRunner",
  method: "POST",
  path: "/v1/runners/{runner_id}:resume",
  tag: "Runners",
  summary: "Give a drained runner jobs again",
  access: "admin",
  params: runnerParams,
  query: inPool,
  answers: { 200: { description: "Ready, now or before", schema: runner } },
  failures,
});

export const removeRunner = route({
  operationId: "removeRunner",
  method: "DELETE",
  path: "/v1/runners/{runner_id}",
  tag: "Runners",
  summary: "Forget a runner: its connection is closed, its leases go back",
  access: "admin",
  params: runnerParams,
  query: inPool,
  answers: { 200: { description: "Gone, now or before", schema: z.object({ runner_id: z.uuid() }) } },
  failures: readFailures,
});

export const listPools = route({
  operationId: "listPools",
  method: "GET",
  path: "/v1/pools",
  tag: "Runners",
  summary: "Pools: what waits, what runs, who is there",
  access: "run",
  answers: { 200: { description: "The pools", schema: poolList } },
  failures: readFailures,
});

export const listDeadLetters = route({
  operationId: "listDeadLetters",
  method: "GET",
  path: "/v1/admin/dead-letters",
  tag: "Registry",
  summary: "Messages of queues that could not be carried out",
  access: "admin",
  query: z.strictObject({ limit: pageLimit, cursor }),
  answers: { 200: { description: "A page of them, newest first", schema: deadLetterPage } },
  failures: readFailures,
});
