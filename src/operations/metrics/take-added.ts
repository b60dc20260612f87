import type { Sample } from "./counter.ts";
import { counters } from "./counters.ts";

/** What was counted since this was asked last, at most `most` sums; the others are kept for the next time. */
export function takeAdded(most: number): (Sample & { name: string })[] {
  const taken: (Sample & { name: string })[] = [];
  for (const counter of Object.values(counters)) {
    const room = most - taken.length;
    if (room < 2) break;
    for (const sample of counter.takeAdded(room)) taken.push({ name: counter.told.name, ...sample });
  }
  return taken;
}
