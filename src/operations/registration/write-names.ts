import { commitChanges } from "../../bindings/d1/artifact/commit-changes.ts";
import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import { clearPendingEffects } from "../../bindings/d1/artifact/pending-effects.ts";
import type { Origin } from "../../contract/access/origin.ts";
import type { Announcement } from "../../contract/announcement/announcement.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import type { NameChange } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { applyEffects } from "./apply-effects.ts";
import type { NameWriterNeeds } from "./name-writer.ts";

/** The retry of one name's effects, which its Registrar keeps. */
export interface EffectRetry {
  /** Makes sure that the name's effects will be repeated if this isolate dies after the commit. Answers a ticket. */
  arm(): Promise<string>;
  /** What the ticket was for is done. False when others rely on the retry as well: then it stays. */
  disarm(ticket: string): Promise<boolean>;
}

/** What the writer of several names works with. */
export interface NamesWriterNeeds extends Pick<NameWriterNeeds, "db" | "lookups" | "announce" | "later" | "now"> {
  /** Where the change comes from. */
  origin: Origin;
  retryOf: (kind: ArtifactKind, name: string) => EffectRetry;
  /** Waits a little after a race that was lost, longer after each. */
  pause: (attempt: number) => Promise<void>;
}

export type NamesDecision<Answer> =
  | { type: "answer"; result: Result<Answer, Failure> }
  /** `answer` is told the names' states after the commit, in the order of the changes. */
  | { type: "commit"; changes: NameChange[]; answer: (after: readonly NameState[]) => Result<Answer, Failure> };

/** How often a commit that lost a race is judged anew. Each time that one loses, another has won. */
const attempts = 12;

/**
 * Carries out one change of several names, all or nothing. `decide` looks at their newest states, in the order of `names`, and is asked
 * again when another writer of any of them was faster: D1 compares and sets each name's revision in the one commit. So it is right
 * wherever it runs and whoever else writes; no name is locked.
 */
export async function writeNames<Answer>(
  needs: NamesWriterNeeds,
  kind: ArtifactKind,
  names: readonly string[],
  decide: (states: NameState[]) => Promise<NamesDecision<Answer>>,
): Promise<Result<Answer, Failure>> {
  const tickets = new Map<string, string>();
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await needs.pause(attempt);
    const states = await Promise.all(names.map(async (name) => (await loadName(needs.db, kind, name)).state));
    const decision = await decide(states);
    if (decision.type === "answer") return decision.result;
    await armAll(needs, decision.changes, tickets);
    const seqs = await commitChanges(needs.db, decision.changes, needs.origin);
    if (seqs === null) continue;
    const after = decision.changes.map((change, at) => ({ ...change.after, seq: seqs[at] ?? 0 }));
    await carryOut(needs, decision.changes, after, tickets);
    return decision.answer(after);
  }
  return refusal({
    code: "UNAVAILABLE",
    message: `${names.slice(0, 3).join(", ")}${names.length > 3 ? " and others" : ""}: these names are being changed by others at the same time; try again`,
    retryAfterSeconds: 1,
  });
}

/** Before the commit, for every name of it: a crash right after it leaves nothing but these. */
async function armAll(
  needs: NamesWriterNeeds,
  changes: readonly NameChange[],
  tickets: Map<string, string>,
): Promise<void> {
  await Promise.all(
    changes.map(async ({ after: { kind, name } }) => {
      if (!tickets.has(name)) tickets.set(name, await needs.retryOf(kind, name).arm());
    }),
  );
}

/** From here on the changes are facts: a failure of what follows is repeated by the alarms, and is not the caller's. */
async function carryOut(
  needs: NamesWriterNeeds,
  changes: readonly NameChange[],
  after: readonly NameState[],
  tickets: ReadonlyMap<string, string>,
): Promise<void> {
  const announcements: Announcement[] = [];
  const gathering = { ...needs, announce: async (some: Announcement[]) => void announcements.push(...some) };
  const outcomes = await Promise.allSettled(
    changes.map(async (change, at) => {
      const state = after[at];
      if (state === undefined) throw new Error(`no state of ${change.after.name} after its change`);
      await applyEffects(gathering, state, change);
      return state;
    }),
  );
  const done = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  // One message for all names; what gets lost of it, hubs pull.
  if (announcements.length > 0) await needs.announce(announcements).catch(() => undefined);
  const owed = await Promise.allSettled(
    done.map(({ kind, name }) => needs.retryOf(kind, name).disarm(tickets.get(name) ?? "")),
  );
  // Where the retry stays, it does what an earlier commit left, and clears the row itself.
  const settled = done.filter((_, at) => owed[at]?.status === "fulfilled" && owed[at].value);
  needs.later(clearPendingEffects(needs.db, settled).catch(() => undefined));
}
