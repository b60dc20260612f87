/**
 * The numbers of the coherence protocol, and why no lookup answers from a state older than 5 s.
 *
 *     commit           hub pulls D1       isolate syncs                 isolate answers
 *   ────┼───────────────────┼──────────────────┼──────────────────────────────┼────▶ time
 *       │                   │◀── hub lease ───▶│◀──────── answerMs ──────────▶│
 *       │                   │   hubLeaseMs     │
 *
 * 1. A hub answers a sync from what it knows only if it *sent* its last pull of D1's primary at most `hubLeaseMs` before, and
 *    it knows every announcement up to its `seq` (a gap makes it pull). So the changes it gives include every commit made
 *    `hubLeaseMs` before the sync reached it, and so every commit made `hubLeaseMs` before the sync was *sent*.
 * 2. An isolate answers only less than `answerMs` after it sent its last completed sync, from an index that is proven to include
 *    every announcement of its name up to the isolate's `appliedSeq`; both are checked when it answers, not when it was asked.
 * 3. So what it answers includes every commit older than `answerMs + hubLeaseMs` = 5 s. Broadcasts appear nowhere in this:
 *    they only make hubs newer sooner. A refresh in the background after `refreshMs` keeps the usual age below 2 s + 1 s.
 *
 * Clocks: only differences of one clock are used. A step forward ends leases early. A step backward ends them at the first
 * reading that is lower than one before it; a step of s that no reading shows (nobody asked in between) lengthens the bound by s.
 * The runtime offers no monotonic clock (`performance.now()` is `Date.now()` there).
 */
export const coherence = {
  /** After this, a lookup is answered at once and a sync starts in the background. */
  refreshMs: 2000,
  /** After this, a lookup waits for a sync. */
  answerMs: 4000,
  /** How long a hub may answer from its last pull of D1. */
  hubLeaseMs: 1000,
  /** A background sync that has not reported by then is taken for lost (its request may have been cancelled). */
  refreshLostMs: 2000,
  /** After a failed sync, lookups are answered stale for this long before the next try. */
  retryMs: 500,
  /** Announcements that an isolate remembers, to judge what KV gives it. */
  rememberedChanges: 4096,
  /** Announcements that a hub remembers; an isolate that is further behind drops everything. */
  hubMemory: 4096,
  /** Announcements that one sync carries. */
  changesPerSync: 1024,
  /** How often a lookup whose name changes under it reads again before it gives up. */
  attempts: 12,
} as const;

/** The same numbers, for those who run the protocol with others: the simulation does, to see it break. */
export type CoherenceLimits = { readonly [Name in keyof typeof coherence]: number };
