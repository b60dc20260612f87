import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "./random.ts";
import { lookUp, publish, versionedSource } from "./registry-calls.ts";
import type { Isolates } from "./start-isolates.ts";

export interface VisibilityPlan {
  /** Versions published in all, over a few names. */
  publishes: number;
  random: Random;
}

/** What readers saw of the writes through the first isolate. */
export interface Visibility {
  /** For each version and busy isolate: from the publisher's answer to the first lookup answered with it, or with a later one. */
  delaysMs: number[];
  /** The oldest state that any lookup was answered from, counted from the end of that state to when the lookup was sent. */
  oldestAnsweredMs: number;
  lookups: number;
  /** Versions that some busy isolate did not answer before the time was over. */
  neverSeen: string[];
  /** Answers older than one that the same reader had before, and answers that were no template. */
  wrong: string[];
}

const names = ["seen_alpha", "seen_beta", "seen_gamma", "seen_delta"] as const;
const readersOfEach = 2;
const busyPauseMs = 5;
/** An isolate under load syncs every 2 s, counted from its first lookup: started apart, they go on syncing apart. */
const staggerMs = 700;
/** Twice the protocol's bound: what is not seen by then was never going to be. */
const lastWaitMs = 10_000;

interface Version {
  /** The publisher's answer; undefined while it is on its way. */
  acknowledgedAt: number | undefined;
  /** When an isolate was first seen to have it. */
  seenAt: Map<string, number>;
}

/**
 * Publishes through the first isolate at random moments, while readers look `latest` up through the others: one of these is asked
 * only now and then, so that its answers are as old as a lease allows; the rest are kept busy.
 */
export async function measureVisibility(registry: Isolates, plan: VisibilityPlan): Promise<Visibility> {
  const writer = { url: registry.first, adminToken: registry.adminToken };
  const versions = new Map<string, Version[]>(names.map((name) => [name, []]));
  const found: Visibility = { delaysMs: [], oldestAnsweredMs: 0, lookups: 0, neverSeen: [], wrong: [] };
  const publishNext = async (name: string) => {
    const ofName = versions.get(name) ?? [];
    const version: Version = { acknowledgedAt: undefined, seenAt: new Map() };
    ofName.push(version);
    await publish(writer, versionedSource(name, `1.0.${ofName.length - 1}`));
    version.acknowledgedAt = performance.now();
  };
  for (const name of names) await publishNext(name);

  let isOver = false;
  const [quiet, ...busy] = registry.others;
  const reading = [
    readOn(quiet, versions, found, { isOver: () => isOver, pauseMs: () => plan.random.between(1500, 4500) }),
  ];
  for (const url of busy) {
    for (let reader = 0; reader < readersOfEach; reader++)
      reading.push(readOn(url, versions, found, { isOver: () => isOver, pauseMs: () => busyPauseMs }));
    await pause(staggerMs);
  }
  for (let published = 0; published < plan.publishes; published++) {
    // Longer and shorter than a lease's parts, so that writes fall anywhere between two syncs.
    await pause(plan.random.between(50, 950));
    await publishNext(plan.random.pick(names));
  }
  const missing = () =>
    [...versions].flatMap(([name, ofName]) =>
      ofName.flatMap(({ seenAt }, patch) =>
        busy.filter((url) => !seenAt.has(url)).map((url) => `${name}@1.0.${patch} through ${url}`),
      ),
    );
  const deadline = performance.now() + lastWaitMs;
  while (missing().length > 0 && performance.now() < deadline) await pause(50);
  isOver = true;
  await Promise.all(reading);

  found.neverSeen = missing();
  for (const [, ...later] of versions.values()) {
    // The first of each name was there before the readers were.
    for (const { acknowledgedAt = 0, seenAt } of later)
      for (const [url, at] of seenAt) if (url !== quiet) found.delaysMs.push(Math.max(0, at - acknowledgedAt));
  }
  return found;
}

async function readOn(
  url: string,
  versions: ReadonlyMap<string, Version[]>,
  found: Visibility,
  { isOver, pauseMs }: { isOver: () => boolean; pauseMs: () => number },
): Promise<void> {
  const newest = new Map<string, { patch: number; seq: number }>();
  const readOne = async (name: string, ofName: Version[]) => {
    const sentAt = performance.now();
    const { artifact, seq, text } = await lookUp(url, name);
    const answeredAt = performance.now();
    found.lookups += 1;
    if (artifact === null) {
      found.wrong.push(`${name} was answered ${text}`);
      return;
    }
    const patch = Number(artifact.version.split(".")[2]);
    const before = newest.get(name);
    if (before !== undefined && (patch < before.patch || seq < before.seq))
      found.wrong.push(`${name} went back from 1.0.${before.patch} at ${before.seq} to 1.0.${patch} at ${seq}`);
    newest.set(name, { patch, seq });
    for (const { seenAt } of ofName.slice(0, patch + 1)) if (!seenAt.has(url)) seenAt.set(url, answeredAt);
    // An answer is made after its request was sent, so this never says more than how old the answered state was.
    const endedAt = ofName[patch + 1]?.acknowledgedAt;
    if (endedAt !== undefined) found.oldestAnsweredMs = Math.max(found.oldestAnsweredMs, sentAt - endedAt);
  };
  while (!isOver()) {
    // All at once: after a long pause the first alone would be answered before the sync that it starts.
    await Promise.all([...versions].map(([name, ofName]) => readOne(name, ofName)));
    await pause(pauseMs());
  }
}
