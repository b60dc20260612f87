import { listPoolNames } from "../../bindings/d1/run/pools.ts";
import type { RunnerPoolCalls, RunnerPools } from "../../bindings/durable/runner-pool.ts";
import type { Runner } from "../../contract/runner/runner.ts";
import { askPool } from "../run/ask-pool.ts";

/** What reaches all pools: D1 knows which there are. */
export interface AllPools {
  db: D1Database;
  pools: RunnerPools;
}

/**
 * Asks one pool, or every pool that there is; answers come in the order of their names. A pool that does not answer in time is left out:
 * one that hangs must not hide the others.
 */
export async function askAllPools<Answer>(
  { db, pools }: AllPools,
  only: string | null,
  ask: (pool: RunnerPoolCalls) => Promise<Answer>,
): Promise<Answer[]> {
  const names = only === null ? await listPoolNames(db) : [only];
  const answers = await Promise.all(names.map((name) => askPool(() => ask(pools(name)))));
  return answers.flatMap((answer) => (answer.answered ? [answer.value] : []));
}

/** Changes a runner wherever it is, or in one pool; null when no pool that answers has it. */
export async function setRunner(
  needs: AllPools,
  only: string | null,
  runnerId: string,
  change: "approve" | "drain" | "resume" | "remove",
): Promise<Runner | null> {
  const changed = await askAllPools(needs, only, (pool) => pool.setRunner(runnerId, change));
  return changed.find((runner) => runner !== null) ?? null;
}
