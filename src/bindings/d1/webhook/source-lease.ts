import { primary } from "../primary.ts";

/** Who does a source's deliveries just now: one at a time, until its lease runs out. */
export interface LeaseHolder {
  source: string;
  /** Of this one try, so that nobody takes itself for somebody who died. */
  holder: string;
}

/** Takes a source that nobody has. False: somebody has it, or there is no such source. */
export async function takeLease(
  db: D1Database,
  { source, holder }: LeaseHolder,
  now: string,
  until: string,
): Promise<boolean> {
  const { meta } = await primary(db)
    .prepare(
      `UPDATE webhook_source SET busy_by = ?2, busy_until = ?3
       WHERE name = ?1 AND (busy_by IS NULL OR busy_until IS NULL OR busy_until <= ?4)`,
    )
    .bind(source, holder, until, now)
    .run();
  return meta.changes === 1;
}

/** Keeps a source for longer. False: it was taken by another. */
export async function renewLease(db: D1Database, { source, holder }: LeaseHolder, until: string): Promise<boolean> {
  const { meta } = await primary(db)
    .prepare("UPDATE webhook_source SET busy_until = ?3 WHERE name = ?1 AND busy_by = ?2")
    .bind(source, holder, until)
    .run();
  return meta.changes === 1;
}

/** Gives a source back. */
export async function giveLease(db: D1Database, { source, holder }: LeaseHolder): Promise<void> {
  await primary(db)
    .prepare("UPDATE webhook_source SET busy_by = NULL, busy_until = NULL WHERE name = ?1 AND busy_by = ?2")
    .bind(source, holder)
    .run();
}
