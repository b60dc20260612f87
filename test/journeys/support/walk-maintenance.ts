import { setTimeout as pause } from "node:timers/promises";
import { type Disagreement, maintenanceAnswer } from "../../../src/contract/http/registry.ts";
import { type Writable, write } from "./registry-calls.ts";

/** What a walk over all names found. */
export interface Walk {
  names: number;
  versions: number;
  disagreements: Disagreement[];
}

/** Walks the whole registry as `callsheet admin verify` and `rebuild` do: slice after slice. */
export async function walkMaintenance(registry: Writable, act: "verify" | "rebuild"): Promise<Walk> {
  const walk: Walk = { names: 0, versions: 0, disagreements: [] };
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const method = act === "verify" ? "GET" : "POST";
    const { status, text } = await write(registry, method, `/v1/admin/${act}${query}`);
    if (status !== 200) throw new Error(`admin ${act} was answered ${status}: ${text}`);
    const slice = maintenanceAnswer.parse(JSON.parse(text));
    walk.names += slice.names;
    walk.versions += slice.versions;
    walk.disagreements.push(...slice.disagreements);
    cursor = slice.next_cursor;
  } while (cursor !== null);
  return walk;
}

/** Verifies until D1, KV and R2 agree; what still disagrees when the time is over is answered. */
export async function verifyUntilClean(registry: Writable, timeoutMs: number): Promise<Walk> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const walk = await walkMaintenance(registry, "verify");
    if (walk.disagreements.length === 0 || performance.now() > deadline) return walk;
    await pause(250);
  }
}
