import { loadStandings } from "../../../bindings/d1/run/run-standing.ts";
import { isFinal } from "../../../contract/run/run-state.ts";
import type { LeaseKey } from "../../../contract/runner/from-runner.ts";
import type { OpenPool } from "../open-pool.ts";
import type { PoolRunner } from "../runner/pool-runner.ts";
import { sayAccepted, sayRefused } from "../runner/say-accepted.ts";

type LastWord = LeaseKey & { type: "result" | "failure" | "release" };

/**
 * A runner ends a lease that it does not have: it may be repeating what was taken already, whose answer it never heard. Then it is told
 * so again; else its word is refused.
 */
export function answerLate(pool: OpenPool, runner: PoolRunner, word: LastWord): void {
  const ended = pool.tables.ended.load(word.run_id);
  if (ended !== null) {
    answerEnded(pool, runner, word, ended.outcome, ended.fence);
    return;
  }
  const job = pool.tables.jobs.load(word.run_id);
  if (job === null) {
    pool.later(askDatabase(pool, runner, word));
  } else if (word.type !== "result" && job.settled_fence === word.fence) {
    sayAccepted(pool, runner, word);
  } else {
    sayRefused(pool, runner, word, `lease ${word.fence} of this run is over; its newest is ${job.fence}`);
  }
}

function answerEnded(pool: OpenPool, runner: PoolRunner, word: LastWord, outcome: string, fence: number): void {
  const wasTaken = fence === word.fence && outcome === (word.type === "result" ? "succeeded" : "failed");
  if (wasTaken) sayAccepted(pool, runner, word);
  else sayRefused(pool, runner, word, `the run has ${outcome}${fence === word.fence ? "" : ` by lease ${fence}`}`);
}

/** The pool has forgotten the run, or never had it. */
async function askDatabase(pool: OpenPool, runner: PoolRunner, word: LastWord): Promise<void> {
  try {
    const standing = (await loadStandings(pool.db, [word.run_id])).get(word.run_id);
    if (standing !== undefined && isFinal(standing.state))
      answerEnded(pool, runner, word, standing.state, standing.fence);
    else sayRefused(pool, runner, word, "this pool has no such lease");
  } catch (error) {
    // No answer: the runner says it again.
    console.warn(JSON.stringify({ level: "warn", late_word_of: word.run_id, error: String(error) }));
  }
}
