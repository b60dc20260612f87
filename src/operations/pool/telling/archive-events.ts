import { recordArchives } from "../../../bindings/d1/run/run-standing.ts";
import { putBlob } from "../../../bindings/r2/blob-store.ts";
import { limits } from "../../../contract/limits.ts";
import { digestOfBytes } from "../../../domain/document/canonical-digest.ts";
import { archiveAfterMs, rememberEndedMs } from "../ending/close-run.ts";
import type { OpenPool } from "../open-pool.ts";

/** Runs that are archived at once: R2 takes six puts at a time. */
const mostAtOnce = 50;

/**
 * Moves the events of runs that ended a while ago into R2, as NDJSON, and forgets runs that ended long ago. Throws when R2 or D1 does; then
 * nothing was forgotten. Answers whether there is more to do.
 */
export async function archiveEvents(pool: OpenPool): Promise<boolean> {
  const nowMs = pool.nowMs();
  const due = pool.tables.ended.listOlder(false, nowMs - archiveAfterMs, mostAtOnce);
  const archives = await Promise.all(due.map(({ run_id: runId }) => archiveOf(pool, runId)));
  await recordArchives(
    pool.db,
    archives.flatMap((archive) => (archive.digest === null ? [] : [{ run_id: archive.runId, digest: archive.digest }])),
  );
  for (const { runId } of archives) {
    pool.tables.events.removeOf(runId);
    pool.tables.ended.markArchived(runId);
  }
  pool.tables.ended.removeOlder(nowMs - rememberEndedMs);
  if (due.length > 0) pool.tables.removeUnusedOutputs();
  return due.length === mostAtOnce;
}

async function archiveOf(pool: OpenPool, runId: string): Promise<{ runId: string; digest: string | null }> {
  const texts = pool.tables.events.list(runId, 0, limits.eventsPerRun * 2);
  if (texts.length === 0) return { runId, digest: null };
  const bytes = new TextEncoder().encode(`${texts.join("\n")}\n`);
  const digest = digestOfBytes(bytes);
  await putBlob(pool.blobs, digest, bytes, "application/x-ndjson");
  return { runId, digest };
}
