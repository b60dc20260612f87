// Reads and checks every shipped template as a registration does, in a fresh Node. Argument: warm runs of each.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import type { Template } from "../../src/contract/template/document.ts";
import { readDocument } from "../../src/domain/document/read-document.ts";
import { checkTemplate } from "../../src/domain/template/check-template.ts";
import { templateHeader } from "../../src/domain/template/template-header.ts";
import { median, percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

interface Timed {
  template: Template;
  readMs: number;
  checkMs: number;
}

const warmRuns = Number(process.argv[2]);
const directory = join(repositoryRoot, "templates");
const texts = readdirSync(directory)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(join(directory, name), "utf8"));
const rounds: Timed[][] = [];
for (let round = 0; round <= warmRuns; round++) rounds.push(checkAll());
console.log(JSON.stringify(tableOf(rounds)));

/** Parents first, each file timed by itself. */
function checkAll(): Timed[] {
  const byId = new Map<string, Timed>();
  let waiting = texts;
  while (waiting.length > 0) {
    const later = waiting.filter((text) => !check(text, byId));
    if (later.length === waiting.length)
      throw new Error(`${later.length} shipped templates extend what is not shipped`);
    waiting = later;
  }
  return [...byId.values()];
}

function check(text: string, byId: Map<string, Timed>): boolean {
  const startedAt = performance.now();
  const { document } = readDocument(text);
  const readAt = performance.now();
  if (document === null) throw new Error("a shipped template cannot be read");
  const parentName = templateHeader(document).extends?.name ?? null;
  const parent = parentName === null ? null : (byId.get(parentName)?.template ?? null);
  if (parentName !== null && parent === null) return false;
  const checkStartedAt = performance.now();
  const { template } = checkTemplate(document, parent);
  const checkMs = performance.now() - checkStartedAt;
  if (template === null) throw new Error("a shipped template is refused");
  byId.set(template.id, { template, readMs: readAt - startedAt, checkMs });
  return true;
}

function tableOf(all: Timed[][]): Table {
  const [first = [], ...warm] = all;
  const row = (when: string, timed: Timed[]) => {
    const sums = timed.map(({ readMs, checkMs }) => readMs + checkMs);
    return {
      when,
      templates: timed.length,
      "read p50 ms": median(timed.map(({ readMs }) => readMs)),
      "check p50 ms": median(timed.map(({ checkMs }) => checkMs)),
      "both p50 ms": median(sums),
      "both p99 ms": percentile(sums, 0.99),
      "both max ms": percentile(sums, 1),
    };
  };
  return {
    title: "Reading and validating the shipped templates, in Node",
    rows: [row("first of all", first.slice(0, 1)), row("cold (each once)", first), row("warm", warm.flat())],
    notes: ["read: YAML with positions; check: every rule, parents merged in (seed's bound 100 ms; aim < 5 ms)"],
  };
}
