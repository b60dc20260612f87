import { z } from "zod";
import { type AgentHealth, type HealthCheck, healthCheck, neverChecked } from "../../../contract/agent/health.ts";
import { primary } from "../primary.ts";

/** Columns of a check, of `agent_health h` that was joined; all null where there is none. */
export const healthColumns = "h.state AS health, h.checked_at, h.changed_at, h.latency_ms, h.message, h.failures";

export const healthRow = z.object({
  health: healthCheck.shape.state.nullable(),
  checked_at: z.string().nullable(),
  changed_at: z.string().nullable(),
  latency_ms: z.number().nullable(),
  message: z.string().nullable(),
  failures: z.number().nullable(),
});

/** The check that a row tells of. */
export function healthOf(row: z.infer<typeof healthRow>): HealthCheck {
  const { health, checked_at, changed_at, latency_ms, message, failures } = row;
  if (health === null) return neverChecked;
  return { state: health, checked_at, changed_at, latency_ms, message, failures: failures ?? 0 };
}

/** An agent's newest card, and the check of its address that was made last, if one was. */
const newestCards = `FROM catalogue c
  JOIN agent_card a ON a.name = c.name AND a.version = c.version
  LEFT JOIN agent_health h ON h.name = a.name AND h.url = a.url
  WHERE c.kind = 'agent'`;

const newestRow = healthRow.extend({ name: z.string(), version: z.string(), url: z.string() });

/** How the address of an agent's newest card was when it was last asked; null where no card is left. */
export async function loadAgentHealth(db: D1Database, name: string): Promise<AgentHealth | null> {
  const row = await primary(db)
    .prepare(`SELECT a.name, a.version, a.url, ${healthColumns} ${newestCards} AND c.name = ?`)
    .bind(name)
    .first();
  if (row === null) return null;
  const found = newestRow.parse(row);
  return { name: found.name, version: found.version, url: found.url, ...healthOf(found) };
}

/** Live agents whose newest card's address was not asked since `before`, those never asked first, then by age. */
export async function listUnchecked(db: D1Database, before: string, most: number): Promise<AgentHealth[]> {
  const { results } = await db
    .prepare(
      `SELECT a.name, a.version, a.url, ${healthColumns} ${newestCards}
       AND c.state IN ('live', 'deprecated') AND (h.checked_at IS NULL OR h.checked_at < ?)
       ORDER BY h.checked_at, a.name LIMIT ?`,
    )
    .bind(before, most)
    .all();
  return z
    .array(newestRow)
    .parse(results)
    .map((row) => ({ name: row.name, version: row.version, url: row.url, ...healthOf(row) }));
}

/** Writes what checks found, all in one call. Of two checks of one address the later one stays. */
export async function writeHealth(
  db: D1Database,
  checks: readonly (HealthCheck & { name: string; url: string })[],
): Promise<void> {
  if (checks.length === 0) return;
  const write = db.prepare(
    `INSERT INTO agent_health (name, url, state, checked_at, changed_at, latency_ms, message, failures)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name, url) DO UPDATE SET
       state = excluded.state, checked_at = excluded.checked_at, changed_at = excluded.changed_at,
       latency_ms = excluded.latency_ms, message = excluded.message, failures = excluded.failures
     WHERE excluded.checked_at >= checked_at`,
  );
  await db.batch(
    checks.map((check) =>
      write.bind(
        check.name,
        check.url,
        check.state,
        check.checked_at,
        check.changed_at,
        check.latency_ms,
        check.message,
        check.failures,
      ),
    ),
  );
}

/** Forgets addresses that were last asked before a time: their agents are gone, or answer elsewhere. */
export async function forgetHealth(db: D1Database, before: string): Promise<void> {
  await db.prepare("DELETE FROM agent_health WHERE checked_at < ?").bind(before).run();
}
