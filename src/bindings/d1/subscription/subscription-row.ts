import { z } from "zod";
import { limits } from "../../../contract/limits.ts";
import { type Subscription, subscriptionSettings } from "../../../contract/subscription/subscription.ts";
import type { KeptSecret } from "../../../domain/subscription/subscription-secrets.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "../run/run-row.ts";

const keptSecret: z.ZodType<KeptSecret> = z.object({
  sealed: z.string(),
  hint: z.string(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
});

const row = z.object({
  id: z.string(),
  settings: jsonColumn(subscriptionSettings),
  state: z.enum(["active", "paused", "disabled"]),
  reason: z.string().nullable(),
  secrets: jsonColumn(z.array(keptSecret)),
  begins_after: z.number(),
  created_at: z.string(),
  created_by: z.string(),
});
/** A subscription as D1 has it; what its courier knows is not here. */
export type SubscriptionRow = z.infer<typeof row>;

const columns = "id, settings, state, reason, secrets, begins_after, created_at, created_by";

/** Null: there is no such subscription. */
export async function loadSubscription(db: D1Database, id: string): Promise<SubscriptionRow | null> {
  const found = await primary(db).prepare(`SELECT ${columns} FROM subscription WHERE id = ?`).bind(id).first();
  return found === null ? null : row.parse(found);
}

/** All of them, newest first. */
export async function listSubscriptionRows(db: D1Database): Promise<SubscriptionRow[]> {
  const query = `SELECT ${columns} FROM subscription ORDER BY created_at DESC, id LIMIT ?`;
  const { results } = await primary(db).prepare(query).bind(limits.subscriptions).all();
  return z.array(row).parse(results);
}

/** Ids of those that are to be told of changes. */
export async function listActiveSubscriptions(db: D1Database): Promise<string[]> {
  const query = "SELECT id FROM subscription WHERE state = 'active' ORDER BY id";
  const { results } = await primary(db).prepare(query).all();
  return z
    .array(z.object({ id: z.string() }))
    .parse(results)
    .map(({ id }) => id);
}

/** Adds one that is told of changes from now on; null when there are `limits.subscriptions` already. */
export async function insertSubscription(
  db: D1Database,
  made: Omit<SubscriptionRow, "state" | "reason" | "begins_after">,
): Promise<SubscriptionRow | null> {
  const inserted = await db
    .prepare(
      `INSERT INTO subscription (${columns})
       SELECT ?, ?, 'active', NULL, ?, (SELECT COALESCE(MAX(seq), 0) FROM announcement), ?, ?
       WHERE (SELECT COUNT(*) FROM subscription) < ?
       RETURNING ${columns}`,
    )
    .bind(
      made.id,
      JSON.stringify(made.settings),
      JSON.stringify(made.secrets),
      made.created_at,
      made.created_by,
      limits.subscriptions,
    )
    .first();
  return inserted === null ? null : row.parse(inserted);
}

/** Null: there is no such subscription. */
export async function writeSettings(
  db: D1Database,
  id: string,
  settings: SubscriptionRow["settings"],
): Promise<SubscriptionRow | null> {
  const query = `UPDATE subscription SET settings = ? WHERE id = ? RETURNING ${columns}`;
  const written = await db.prepare(query).bind(JSON.stringify(settings), id).first();
  return written === null ? null : row.parse(written);
}

/** Null: there is no such subscription. */
export async function writeState(
  db: D1Database,
  id: string,
  state: Exclude<Subscription["state"], "disabled">,
): Promise<SubscriptionRow | null> {
  const query = `UPDATE subscription SET state = ?, reason = NULL WHERE id = ? RETURNING ${columns}`;
  const written = await db.prepare(query).bind(state, id).first();
  return written === null ? null : row.parse(written);
}

/** Disables one that is active; false when it was not. */
export async function disableSubscription(db: D1Database, id: string, reason: string): Promise<boolean> {
  const query = "UPDATE subscription SET state = 'disabled', reason = ? WHERE id = ? AND state = 'active' RETURNING id";
  return (await db.prepare(query).bind(reason, id).first()) !== null;
}

/** Puts other secrets in place of those that `before` has; false when somebody else did so meanwhile. */
export async function replaceSecrets(
  db: D1Database,
  before: SubscriptionRow,
  secrets: readonly KeptSecret[],
): Promise<boolean> {
  const query = "UPDATE subscription SET secrets = ? WHERE id = ? AND secrets = ? RETURNING id";
  const written = await db
    .prepare(query)
    .bind(JSON.stringify(secrets), before.id, JSON.stringify(before.secrets))
    .first();
  return written !== null;
}

/** False: there was none. */
export async function deleteSubscription(db: D1Database, id: string): Promise<boolean> {
  return (await db.prepare("DELETE FROM subscription WHERE id = ? RETURNING id").bind(id).first()) !== null;
}
