import type { NameIndex, VersionEntry } from "../../../src/contract/artifact/name-index.ts";
import type { FindIndexNeeds, IndexSources } from "../../../src/operations/lookup/find-index.ts";
import { LookupMemory } from "../../../src/operations/lookup/lookup-memory.ts";

/** An index of `sharpen` with one live version; a test states only what matters to it. */
export function anIndex(parts: Partial<NameIndex> = {}): NameIndex {
  return {
    kind: "template",
    name: "sharpen",
    seq: 1,
    as_of: "1970-01-01T00:00:00Z",
    versions: [aVersion("1.0.0")],
    tags: { latest: "1.0.0" },
    ...parts,
  };
}

/** A live version. */
export function aVersion(version: string, parts: Partial<VersionEntry> = {}): VersionEntry {
  const digest = `sha256:${version.replaceAll(".", "").padStart(64, "0")}`;
  const at = "2026-01-01T00:00:00Z";
  return { version, digest, state: "live", notice: null, published_at: at, published_by: "ann", ...parts };
}

/** Needs at 1000 ms whose sources know seq 1 and count their calls; `change` replaces what a test is about. */
export function aLookup(change: { sources?: Partial<IndexSources>; memoryBytes?: number } = {}) {
  const clock = { now: 1000 };
  const calls = { syncs: 0, kv: 0, d1: 0 };
  const later: Promise<unknown>[] = [];
  const sources: IndexSources = {
    changesSince: async (since) => ({ since, seq: Math.max(since, 1), announcements: [] }),
    indexFromKv: async () => null,
    indexFromD1: async () => anIndex(),
    ...change.sources,
  };
  const needs: FindIndexNeeds = {
    memory: new LookupMemory(change.memoryBytes ?? 1024 * 1024),
    sources: {
      changesSince: (seq, minSeq) => {
        calls.syncs += 1;
        return sources.changesSince(seq, minSeq);
      },
      indexFromKv: (kind, name) => {
        calls.kv += 1;
        return sources.indexFromKv(kind, name);
      },
      indexFromD1: (kind, name) => {
        calls.d1 += 1;
        return sources.indexFromD1(kind, name);
      },
    },
    now: () => clock.now,
    later: (work) => later.push(work),
    staleIfErrorMs: 3_600_000,
  };
  return { needs, sources, clock, calls, later };
}
