import type { RunnerPools } from "../bindings/durable/runner-pool.ts";

/** Finds the RunnerPool of a name. */
export function runnerPoolsOf(env: Env): RunnerPools {
  return (pool) => env.RUNNER_POOL.get(env.RUNNER_POOL.idFromName(pool));
}
