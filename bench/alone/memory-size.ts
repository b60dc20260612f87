// The lookup memory with 1,000 templates, and with as many as the arguments say: what it counts and what Node's heap says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import type { NameIndex } from "../../src/contract/artifact/name-index.ts";
import { readDocument } from "../../src/domain/document/read-document.ts";
import { checkTemplate } from "../../src/domain/template/check-template.ts";
import { lookUp } from "../../src/operations/lookup/look-up.ts";
import { LookupMemory } from "../../src/operations/lookup/lookup-memory.ts";
import type { Table } from "../report/table.ts";
import { seedName, seedVersions, selectors, stableTag, stableVersion } from "../stage/seed-names.ts";

const source = readFileSync(join(repositoryRoot, "templates", "image_generation_v1.yaml"), "utf8");
const { document } = readDocument(source);
const template = document === null ? null : checkTemplate(document, null).template;
if (template === null) throw new Error("the shipped template is refused");

const rows: Table["rows"] = [];
await measure(100); // compiled, and what is made once is made
for (const names of process.argv.slice(2).map(Number)) rows.push(await measure(names));
const table: Table = {
  title: "The registry's own bytes for templates in an isolate's memory",
  rows,
  notes: [
    "each name with two versions, looked up by exact version, range, tag and latest (seed's bound 100 MB for 1,000; aim < 16 MB)",
    "counted: LookupMemory.sizeBytes, which its bound goes by; held: heap and buffers of Node after a collection",
  ],
};
console.log(JSON.stringify(table));

async function measure(names: number): Promise<Table["rows"][number]> {
  const before = heldBytes();
  const memory = new LookupMemory(512 * 1024 * 1024);
  await fill(memory, names);
  const held = heldBytes() - before;
  const mib = 1024 * 1024;
  return {
    templates: names,
    "in memory": memory.indexCount,
    "counted MiB": memory.sizeBytes / mib,
    "held MiB": held / mib,
    "held KiB each": held / 1024 / names,
  };
}

async function fill(memory: LookupMemory, names: number): Promise<void> {
  const now = Date.now();
  const needs = {
    memory,
    now: () => now,
    later: () => undefined,
    staleIfErrorMs: 0,
    sources: {
      changesSince: async () => ({ since: 0, seq: 1, announcements: [] }),
      // As from KV: strings of its own for each name.
      indexFromKv: async (_: string, name: string): Promise<NameIndex> => JSON.parse(JSON.stringify(indexOfName(name))),
      indexFromD1: async (_: string, name: string) => indexOfName(name),
    },
    documents: {
      documentFromKv: async (_: string, name: string, version: string) => ({
        ...entryOf(name, version),
        kind: "template" as const,
        name,
        source_digest: digestOfName(name),
        source_media_type: "application/yaml" as const,
        source_file: null,
        extends: null,
        document: { template: { ...template, id: name, version } },
      }),
      documentFromD1: async () => null,
    },
  };
  for (let at = 0; at < names; at++) {
    for (const selector of Object.values(selectors)) {
      const asked = { kind: "template" as const, name: seedName(at), selector: selector.slice(1) || null, minSeq: 0 };
      const found = await lookUp(needs, asked);
      if (!found.ok) throw new Error(found.failure.message);
    }
  }
}

function indexOfName(name: string): NameIndex {
  const [low, high] = seedVersions;
  return {
    kind: "template",
    name,
    seq: 1,
    as_of: "2026-01-01T00:00:00.000Z",
    versions: [entryOf(name, high), entryOf(name, low)],
    tags: { [stableTag]: stableVersion, latest: high },
  };
}

function entryOf(name: string, version: string): NameIndex["versions"][number] {
  const digest = digestOfName(name);
  return {
    version,
    digest,
    state: "live",
    notice: null,
    published_at: "2026-01-01T00:00:00.000Z",
    published_by: "bench",
  };
}

function digestOfName(name: string): string {
  return `sha256:${name.slice(-5).padStart(64, "0")}`;
}

function heldBytes(): number {
  for (let at = 0; at < 4; at++) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
