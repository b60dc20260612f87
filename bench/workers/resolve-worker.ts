import type { NameIndex } from "../../src/contract/artifact/name-index.ts";
import { type LookUpNeeds, lookUp } from "../../src/operations/lookup/look-up.ts";
import { lookupAtHand } from "../../src/operations/lookup/lookup-at-hand.ts";
import { LookupMemory } from "../../src/operations/lookup/lookup-memory.ts";
import { seedName, seedVersions, selectors, stableTag, stableVersion } from "../stage/seed-names.ts";

const names = 1000;
const seq = 1;
const since = "2026-01-01T00:00:00.000Z";
const requests = Object.entries(selectors).map(([way, written]) => ({ way, selector: written.slice(1) || null }));

/**
 * `?way=&iterations=`: that many lookups over entries that are hot in memory, without HTTP. The runtime's clock stands still while
 * code runs, so the caller takes the time; `way=none` awaits nothing but an empty async function, as the loop's own cost.
 * `way=unremembered` asks each time for a selector that has no answer yet: parsing and choosing included.
 */
export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const way = searchParams.get("way") ?? "exact";
    const iterations = Number(searchParams.get("iterations"));
    const needs = await filledNeeds();
    const keys = Array.from({ length: names }, (_, at) => seedName(at));
    const selector = requests.find((known) => known.way === way)?.selector ?? null;
    let found = 0;
    for (let at = 0; at < iterations; at++) {
      const name = keys[at % names] ?? "";
      if (way === "none") {
        found += await nothing();
        continue;
      }
      if (way === "at-hand") {
        found += lookupAtHand(needs.memory, "template", name, "^1", needs.now()) === null ? 0 : 1;
        continue;
      }
      const asked = way === "unremembered" ? `>=1.0.0 <${2 + at}` : selector;
      const answer = await lookUp(needs, { kind: "template", name, selector: asked, minSeq: 0 });
      if (answer.ok) found += 1;
    }
    return new Response(String(found));
  },
};

async function nothing(): Promise<number> {
  return 1;
}

/** A memory that knows every name, under a lease that lasts as long as this request's clock stands still. */
async function filledNeeds(): Promise<LookUpNeeds> {
  const now = Date.now();
  const memory = new LookupMemory(64 * 1024 * 1024);
  const body = new TextEncoder().encode("x".repeat(4096));
  const needs: LookUpNeeds = {
    memory,
    now: () => now,
    later: () => undefined,
    staleIfErrorMs: 0,
    sources: {
      changesSince: async () => ({ since: 0, seq, announcements: [] }),
      indexFromKv: async (_, name) => indexOfName(name),
      indexFromD1: async (_, name) => indexOfName(name),
    },
    documents: { documentFromKv: async () => null, documentFromD1: async () => null },
  };
  for (let at = 0; at < names; at++) {
    for (const version of seedVersions) memory.rememberBody(`template/${seedName(at)}@${version} live `, body);
  }
  for (let at = 0; at < names; at++) {
    for (const { selector } of requests) {
      const warm = await lookUp(needs, { kind: "template", name: seedName(at), selector, minSeq: 0 });
      if (!warm.ok) throw new Error(warm.failure.message);
    }
  }
  return needs;
}

function indexOfName(name: string): NameIndex {
  const [low, high] = seedVersions;
  const entry = (version: string) => ({
    version,
    digest: `sha256:${"0".repeat(64)}`,
    state: "live" as const,
    notice: null,
    published_at: since,
    published_by: "bench",
  });
  return {
    kind: "template",
    name,
    seq,
    as_of: since,
    versions: [entry(high), entry(low)],
    tags: { [stableTag]: stableVersion, latest: high },
  };
}
