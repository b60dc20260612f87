import { env } from "cloudflare:test";
import { listenAt } from "../../src/bindings/durable/listen-at.ts";
import type { Listening } from "../../src/bindings/durable/listening.ts";
import type { ChangeEvent } from "../../src/contract/announcement/change-event.ts";
import { type ChangeListener, listenOn } from "../http/a-change-listener.ts";

/** A hub of a test's own: no broadcast reaches it but those of the test. */
export function aHub(name: string) {
  return env.HUB.get(env.HUB.idFromName(`of-a-test/${name}`));
}

/** What commits elsewhere leave in D1, of one name, their broadcasts lost. Answers their seqs. */
export async function commitElsewhere(name: string, count: number): Promise<number[]> {
  const { results } = await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO announcement (kind, name, revision, change, version, announced_at, announced_by)
     SELECT 'template', ?1, i + (SELECT COALESCE(MAX(revision), 0) FROM announcement WHERE kind = 'template' AND name = ?1),
       'published', '1.0.' || i, '2027-01-01T00:00:00.000Z', 'elsewhere' FROM n ORDER BY i RETURNING seq`,
  )
    .bind(name, count)
    .all<{ seq: number }>();
  return results.map(({ seq }) => seq).sort((a, b) => a - b);
}

/** Tells a hub of changes of a name, as a registrar does. */
export async function broadcast(hub: ReturnType<typeof aHub>, name: string, seqs: readonly number[]): Promise<void> {
  await hub.announce(seqs.map((seq) => ({ seq, kind: "template" as const, name })));
}

/** Listens at a hub for all changes of some names. */
export async function listenTo(
  hub: ReturnType<typeof aHub>,
  names: string[],
  asked: Partial<Listening> & { answersChecks?: boolean } = {},
): Promise<ChangeListener> {
  const { answersChecks = true, ...listening } = asked;
  const filter = { types: null, names, allowed: ["*"], as: "messages" as const };
  const socket = await listenAt(hub, { filter, after: 0, until: null, ...listening });
  if (socket === null) throw new Error("the hub is full");
  return listenOn(socket, answersChecks);
}

/** The order in which changes were heard. */
export function seqsOf(changes: readonly ChangeEvent[]): number[] {
  return changes.map(({ seq }) => seq);
}
