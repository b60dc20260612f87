import { setTimeout as pause } from "node:timers/promises";

import type { PushStage } from "./push-stage.ts";
import { isWhole, lookUp, versionedSource } from "./registry-calls.ts";

/** When things happened after a `git push`, in milliseconds; each a number for each push. */
export interface PushTimes {
  /** The push itself: git's own work, and the host's. */
  pushMs: number[];
  /** From the webhook's leaving the host to its `202`. */
  acceptedMs: number[];
  /** From the webhook to the first lookup, by each address, that answers the new version. */
  visibleMs: number[];
  /** From the webhook to when every address answers it. */
  everywhereMs: number[];
  /** From the webhook to the green status on the commit. */
  statusMs: number[];
  /** What was wrong. */
  wrong: string[];
}

/** No lookup answers from a state older than this; a push is to be seen by then. */
const promiseMs = 5000;

/** Pushes so many versions of one template, one after the other, and watches for each at every address. */
export async function measurePushes(
  stage: PushStage,
  urls: readonly string[],
  { pushes, name }: { pushes: number; name: string },
): Promise<PushTimes> {
  const times: PushTimes = { pushMs: [], acceptedMs: [], visibleMs: [], everywhereMs: [], statusMs: [], wrong: [] };
  for (let patch = 0; patch < pushes; patch++) {
    const version = `1.0.${patch}`;
    const begunAt = performance.now();
    const commit = await stage.push({ "templates/watched.yaml": versionedSource(name, version) });
    times.pushMs.push(performance.now() - begunAt);
    const seen = urls.map((url) => firstSeen(url, name, version));
    const status = await stage.settled(commit);
    if (status.state !== "success") times.wrong.push(`${version}: ${status.state} ${status.description}`);
    const { attempts } = await stage.sent(commit);
    const [{ sentAt, answeredAt, status: answered } = { sentAt: 0, answeredAt: 0, status: 0 }] = attempts;
    if (answered !== 202) times.wrong.push(`${version}: the webhook was answered ${answered}`);
    const seenAt = await Promise.all(seen);
    const after = seenAt.map((at) => (at === null ? Number.POSITIVE_INFINITY : at - sentAt));
    if (after.some((ms) => ms > promiseMs))
      times.wrong.push(`${version} was seen after ${after.map(Math.round).join(", ")} ms`);
    times.acceptedMs.push(answeredAt - sentAt);
    times.visibleMs.push(...after.map((ms) => Math.max(0, ms)));
    times.everywhereMs.push(Math.max(0, ...after));
    times.statusMs.push(status.at - sentAt);
  }
  return times;
}

/** When a lookup at this address first answers the version; null when none does in twice the time that is promised. */
async function firstSeen(url: string, name: string, version: string): Promise<number | null> {
  const deadline = performance.now() + 2 * promiseMs;
  while (performance.now() < deadline) {
    const { artifact } = await lookUp(url, name);
    if (artifact?.version === version && isWhole(artifact)) return performance.now();
    await pause(10);
  }
  return null;
}
