import { sealAudit } from "./seal-audit.ts";

/** Between two sealings by one process. */
const everyMs = 1000;

let sealedAt = 0;

/**
 * Seals the audit log after an act, once a second at most: nobody waits for it, and what comes in between is sealed by the next act, by whoever
 * reads the log, or by cron.
 */
export function sealSoon(db: D1Database, later: (work: Promise<unknown>) => void, nowMs: number): void {
  // A clock that was set back is no reason to wait.
  if (nowMs >= sealedAt && nowMs - sealedAt < everyMs) return;
  sealedAt = nowMs;
  // D1 does not answer: as above.
  later(sealAudit(db).catch(() => 0));
}
