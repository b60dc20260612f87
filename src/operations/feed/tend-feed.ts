import { loadRunRow } from "../../bindings/d1/run/run-row.ts";
import { recordArchives } from "../../bindings/d1/run/run-standing.ts";
import { putBlob } from "../../bindings/r2/blob-store.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { archiveAfterMs } from "../pool/ending/close-run.ts";
import type { OpenFeed } from "./open-feed.ts";

/** A feed whose run does not end looks this often whether it has ended elsewhere. */
export const lookAfterMs = 24 * 3600_000;
/** Archiving is in no hurry: when R2 or D1 fails, it is tried again after this. */
const retryMs = 60_000;

/**
 * What a feed's alarm does: some minutes after the run's end its events go to R2, as NDJSON, and its disk is emptied. A feed that something was
 * told after that, by whoever did not know better, is emptied too.
 */
export async function tendFeed(feed: OpenFeed): Promise<void> {
  const owner = feed.tables.owner();
  if (owner === null) return;
  const endedAt = owner.ended_at;
  if (endedAt !== null && feed.nowMs() < endedAt + archiveAfterMs) return feed.wakeAt(endedAt + archiveAfterMs);
  try {
    const row = await loadRunRow(feed.db, owner.run_id);
    const isOver = row === null || (isFinal(row.state) && row.events_digest !== null);
    if (!isOver && endedAt === null) return await feed.wakeAt(feed.nowMs() + lookAfterMs);
    if (!isOver) await archive(feed, owner.run_id);
    await feed.removeAll();
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", run_feed: owner.run_id, error: String(error) }));
    await feed.wakeAt(feed.nowMs() + retryMs);
  }
}

/** More than any run tells: each step a handful of times. */
const mostEvents = 1_000_000;

async function archive(feed: OpenFeed, runId: string): Promise<void> {
  const texts = feed.tables.list(0, mostEvents);
  if (texts.length === 0) return;
  const bytes = new TextEncoder().encode(`${texts.join("\n")}\n`);
  const digest = digestOfBytes(bytes);
  await putBlob(feed.blobs, digest, bytes, "application/x-ndjson");
  await recordArchives(feed.db, [{ run_id: runId, digest }]);
}
