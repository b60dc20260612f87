import { z } from "zod";
import { primary } from "./primary.ts";

/** What D1 knows of how the registry stands: how much waits, and for how long. */
export interface RegistryGauges {
  seq: number;
  pendingEffects: Waiting;
  /** Runs that have not ended, by state. */
  runs: Counted[];
  deadLetters: number;
  /** Incoming deliveries that are not done, by state. */
  hooks: Counted[];
  /** The one that waits longest to be done. */
  oldestHookAt: string | null;
  /** Commit statuses that the host has not taken yet. */
  statusesWaiting: number;
  subscriptions: Counted[];
  audit: { seq: number; unsealed: number };
}

interface Waiting {
  count: number;
  /** Since when the oldest waits (RFC 3339); null: none does. */
  oldestAt: string | null;
}

interface Counted {
  state: string;
  count: number;
}

const counted = z.array(z.object({ state: z.string(), count: z.number() }));
const single = z.array(z.object({ count: z.number() }));
const waiting = z.array(z.object({ count: z.number(), oldestAt: z.string().nullable() }));
const log = z.array(z.object({ seq: z.number(), unsealed: z.number() }));

const queries = [
  "SELECT COALESCE(MAX(seq), 0) AS count FROM announcement",
  "SELECT COUNT(*) AS count, MIN(committed_at) AS oldestAt FROM pending_effect",
  "SELECT state, COUNT(*) AS count FROM run WHERE state IN ('queued', 'leased', 'running') GROUP BY state",
  "SELECT COUNT(*) AS count FROM dead_letter",
  "SELECT state, COUNT(*) AS count FROM webhook_delivery WHERE state IN ('queued', 'working') GROUP BY state",
  "SELECT COUNT(*) AS count, MIN(received_at) AS oldestAt FROM webhook_delivery WHERE state IN ('queued', 'working')",
  "SELECT COUNT(*) AS count FROM webhook_delivery WHERE status_posted = 'waiting'",
  "SELECT state, COUNT(*) AS count FROM subscription GROUP BY state",
  "SELECT COALESCE(MAX(seq), 0) AS seq, (SELECT COUNT(*) FROM audit_entry WHERE hash IS NULL) AS unsealed FROM audit_entry",
];

/** All of it as it is at one moment, by indexes: asked as often as somebody scrapes. */
export async function loadRegistryGauges(db: D1Database): Promise<RegistryGauges> {
  const session = primary(db);
  const answers = await session.batch(queries.map((query) => session.prepare(query)));
  const [seq, effects, runs, dead, hooks, oldest, statuses, subscriptions, audit] = answers.map((one) => one.results);
  return {
    seq: first(single, seq).count,
    pendingEffects: first(waiting, effects),
    runs: counted.parse(runs),
    deadLetters: first(single, dead).count,
    hooks: counted.parse(hooks),
    oldestHookAt: first(waiting, oldest).oldestAt,
    statusesWaiting: first(single, statuses).count,
    subscriptions: counted.parse(subscriptions),
    audit: first(log, audit),
  };
}

function first<Row>(rows: z.ZodType<Row[]>, results: unknown): Row {
  const [row] = rows.parse(results);
  if (row === undefined) throw new Error("D1 answered an aggregate with no row");
  return row;
}
