import type { Changes } from "../../contract/announcement/announcement.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { NameIndex } from "../../contract/artifact/name-index.ts";
import type { Failure } from "../../contract/failure.ts";
import { coherence } from "../../domain/lookup/coherence-limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { Provenance, Tier } from "./lookup-answer.ts";
import { type LookupMemory, nameKey, type RememberedIndex } from "./lookup-memory.ts";

/** Where a lookup finds what memory lacks. Each call may throw: that is an outage. */
export interface IndexSources {
  /** Announcements after `seq`, from a state at least as new as `minSeq` (0: whatever the source's lease allows). */
  changesSince(seq: number, minSeq: number): Promise<Changes>;
  /** May be stale, or null though the name exists. */
  indexFromKv(kind: ArtifactKind, name: string): Promise<NameIndex | null>;
  /** From D1's primary: true at the newest seq. A name that was never published has no versions. */
  indexFromD1(kind: ArtifactKind, name: string): Promise<NameIndex>;
}

export interface FindIndexNeeds {
  memory: LookupMemory;
  sources: IndexSources;
  /** The isolate's clock, in ms. */
  now: () => number;
  /** Lets work go on after the answer (`waitUntil`). */
  later: (work: Promise<unknown>) => void;
  /** How long lookups go on when hub and D1 cannot be reached. */
  staleIfErrorMs: number;
}

export interface FoundIndex extends Provenance {
  remembered: RememberedIndex;
}

/**
 * The index of a name, never older than the coherence protocol allows (coherence-limits.ts) and at least as new as `minSeq`.
 * Freshness and proof are checked when it answers, after every wait, so that a slow read cannot smuggle in an old state.
 */
export async function findIndex(
  needs: FindIndexNeeds,
  kind: ArtifactKind,
  name: string,
  minSeq: number,
): Promise<Result<FoundIndex, Failure>> {
  const { memory, sources, now } = needs;
  const { view } = memory;
  const key = nameKey(kind, name);
  let tier: Tier = "memory";
  let askedMinSeq = false;
  // What was just read, in case memory is too small to keep it.
  let held: RememberedIndex | null = null;

  for (let attempt = 0; attempt < coherence.attempts; attempt++) {
    const freshness = view.freshness(now());
    const remembered = memory.index(key) ?? provenOf(memory, key, held);

    if (freshness === "wait") {
      // The isolate has no lease: sync, and meanwhile read ahead what a cold isolate will need next.
      const ahead = remembered === undefined && attempt === 0 ? quietly(sources.indexFromKv(kind, name)) : null;
      const synced = await sync(needs, minSeq);
      const index = ahead === null ? null : await ahead;
      if (!synced) return answerStale(needs, key, kind, name, minSeq, index);
      if (index !== null && memory.isProven(key, index.seq)) {
        held = memory.rememberIndex(key, index);
        tier = "kv";
      }
      continue;
    }

    if (remembered === undefined) {
      const filled = await fill(needs, kind, name, key, attempt);
      if (filled === "outage") return answerStale(needs, key, kind, name, minSeq, null);
      ({ tier, held } = filled);
      continue;
    }

    const seq = Math.max(view.appliedSeq, remembered.index.seq);
    if (seq < minSeq) {
      if (askedMinSeq) return notReached(minSeq, seq);
      askedMinSeq = true;
      if (!(await sync(needs, minSeq))) return unavailable(`the state ${minSeq} that was asked for cannot be reached`);
      continue;
    }
    if (freshness === "refresh" && view.mayStartRefresh(now())) needs.later(refresh(needs));
    return success({ remembered, tier, seq, staleSeconds: null });
  }
  return unavailable(`${kind} ${name} changes faster than it can be read`);
}

/** Reads KV, or D1 when KV is not proven to be new enough, and remembers what is proven. */
async function fill(
  needs: FindIndexNeeds,
  kind: ArtifactKind,
  name: string,
  key: string,
  attempt: number,
): Promise<{ tier: Tier; held: RememberedIndex | null } | "outage"> {
  const { memory, sources } = needs;
  // A second round means that the name changed while it was read: KV will not be newer than D1.
  const fromKv = attempt > 1 ? null : await quietly(sources.indexFromKv(kind, name));
  if (fromKv !== null && memory.isProven(key, fromKv.seq)) {
    return { tier: "kv", held: memory.rememberIndex(key, fromKv) };
  }
  const fromD1 = await quietly(sources.indexFromD1(kind, name));
  if (fromD1 === null) return "outage";
  return { tier: "d1", held: memory.isProven(key, fromD1.seq) ? memory.rememberIndex(key, fromD1) : null };
}

/** What was read before a wait counts after it only if it is still proven. */
function provenOf(memory: LookupMemory, key: string, held: RememberedIndex | null): RememberedIndex | undefined {
  return held !== null && memory.isProven(key, held.index.seq) ? held : undefined;
}

/** One sync; false when neither hub nor D1 answered. */
async function sync(needs: FindIndexNeeds, minSeq: number): Promise<boolean> {
  const { memory, sources, now } = needs;
  const { view } = memory;
  const startedAt = now();
  if (!view.mayTrySync(startedAt)) return false;
  const ticket = view.beginSync(startedAt);
  try {
    const changes = await sources.changesSince(view.appliedSeq, minSeq);
    memory.forgetUnproven(view.endSync(ticket, changes, nameKey).drop);
    return true;
  } catch {
    view.syncFailed(now());
    return false;
  }
}

async function refresh(needs: FindIndexNeeds): Promise<void> {
  try {
    await sync(needs, 0);
  } finally {
    needs.memory.view.refreshEnded();
  }
}

/** Hub and D1 cannot be reached: what is already cached goes on working, and says so. */
async function answerStale(
  needs: FindIndexNeeds,
  key: string,
  kind: ArtifactKind,
  name: string,
  minSeq: number,
  readAhead: NameIndex | null,
): Promise<Result<FoundIndex, Failure>> {
  const { memory, now } = needs;
  const fromKv =
    memory.index(key) === undefined ? (readAhead ?? (await quietly(needs.sources.indexFromKv(kind, name)))) : null;
  // Looked at after the wait: another request may have filled it, and answered from it.
  const remembered = memory.index(key);
  const index = remembered?.index ?? fromKv;
  if (index === null || (remembered === undefined && !memory.mayAnswerStale(key, index.seq))) {
    return unavailable(`neither hub nor D1 answers, and ${kind} ${name} is in no cache`);
  }
  const seq = remembered === undefined ? index.seq : Math.max(memory.view.appliedSeq, index.seq);
  if (seq < minSeq)
    return unavailable(`neither hub nor D1 answers, and the cached state ${seq} is older than the asked ${minSeq}`);
  const ageMs = remembered === undefined ? now() - Date.parse(index.as_of) : memory.view.unprovenMs(now());
  const outageMs = memory.view.unprovenMs(now()) ?? 0;
  if (outageMs > needs.staleIfErrorMs)
    return unavailable("hub and D1 have not answered for longer than stale answers are allowed");
  if (remembered === undefined) memory.noteAnswered(key, seq);
  const staleSeconds = Math.max(0, Math.floor((ageMs ?? 0) / 1000));
  return success({
    remembered: remembered ?? { index, answers: new Map() },
    tier: remembered ? "memory" : "kv",
    seq,
    staleSeconds,
  });
}

function notReached(minSeq: number, seq: number): Result<FoundIndex, Failure> {
  return refusal({
    code: "SEQ_NOT_REACHED",
    message: `Callsheet-Min-Seq asks for state ${minSeq}, but this registry has reached ${seq}; the number may come from another registry`,
  });
}

function unavailable(why: string): Result<FoundIndex, Failure> {
  return refusal({ code: "UNAVAILABLE", message: `${why}; try again in a moment`, retryAfterSeconds: 1 });
}

/** A failed read is told by what is made of it: KV's by asking D1, D1's by a stale answer. */
async function quietly(read: Promise<NameIndex | null>): Promise<NameIndex | null> {
  try {
    return await read;
  } catch {
    return null;
  }
}
