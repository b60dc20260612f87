import { listRunRows, type RunFilter } from "../../bindings/d1/run/list-runs.ts";
import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import type { RunSummary } from "../../contract/run/run.ts";
import { parentOf } from "./describe-run.ts";

/** A page of runs, newest first. `next`: the run after which the next page begins; null on the last. */
export async function listRuns(
  db: D1Database,
  filter: RunFilter,
  before: string | null,
  limit: number,
): Promise<{ items: RunSummary[]; next: string | null }> {
  const rows = await listRunRows(db, filter, before, limit + 1);
  const shown = rows.slice(0, limit);
  return { items: shown.map(summaryOf), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

function summaryOf(row: RunRow): RunSummary {
  const { id, state, kind, name, version, pool, priority, labels, attempt, failure } = row;
  return {
    id,
    state,
    kind,
    name,
    version,
    pool,
    priority,
    labels,
    attempt,
    percent: row.progress?.percent ?? null,
    runner: row.runner?.name ?? null,
    failure: failure === null ? null : { class: failure.class, code: failure.code, message: failure.message },
    created_at: row.created_at,
    started_at: row.started_at,
    finished_at: row.finished_at,
    replay_of: row.replay_of,
    parent: parentOf(row),
    retry_of: row.retry_of,
  };
}
