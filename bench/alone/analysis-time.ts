// Analyses a Python and a TypeScript source in a fresh Node, beside CPython's `ast.parse` of the same Python. Argument: warm runs of each.
import { execFileSync } from "node:child_process";
import { findPython } from "../../scripts/local/find-python.ts";
import { loadAnalyzer } from "../../src/analyzer/node/load-analyzer.ts";
import type { SourceText } from "../../src/contract/function/analysis.ts";
import { starters } from "../../src/domain/function/starters.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import { benchSource } from "../stage/bench-source.ts";

const warmRuns = Number(process.argv[2]);
const python = benchSource("sharpen_bench", 1);
const typescript = starters.find((starter) => starter.language === "typescript")?.source ?? "";

/** Parses what it reads, `argv[1]` times warm, and prints each time in ms; the first of all is cold. */
const parseProgram = `
import ast, json, sys, time
source = sys.stdin.read()
times = []
for _ in range(int(sys.argv[1]) + 1):
    started = time.perf_counter()
    ast.parse(source)
    times.append((time.perf_counter() - started) * 1000)
print(json.dumps(times))
`;

const loadStartedAt = performance.now();
const analyze = await loadAnalyzer();
const loadMs = performance.now() - loadStartedAt;
const ours = timed(() => check({ language: "python", text: python, file: null }));
const oursTypescript = timed(() => check({ language: "typescript", text: typescript, file: null }));
const cpython = await findPython();
const parsed = parseInPython();
console.log(JSON.stringify(tableOf()));

function check(source: SourceText): void {
  const { issues, functions } = analyze(source);
  if (issues.length > 0 || functions.length === 0)
    throw new Error(`the bench's source is refused: ${issues[0]?.message}`);
}

/** The first is cold. */
function timed(work: () => void): number[] {
  return Array.from({ length: warmRuns + 1 }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
}

function parseInPython(): number[] {
  const given = ["-c", parseProgram, String(warmRuns)];
  const times: number[] = JSON.parse(execFileSync(cpython.path, given, { input: python, encoding: "utf8" }));
  return times;
}

function tableOf(): Table {
  const linesOf = (text: string) => text.trimEnd().split("\n").length;
  const base = percentile(parsed.slice(1), 0.5);
  const row = (what: string, lines: number, [cold = Number.NaN, ...warm]: number[]) => ({
    what,
    lines,
    "cold ms": cold,
    "p50 ms": percentile(warm, 0.5),
    "p99 ms": percentile(warm, 0.99),
    "p50 / ast.parse": percentile(warm, 0.5) / base,
  });
  return {
    title: "Analysing a source, in Node",
    rows: [
      row("analyze, Python", linesOf(python), ours),
      row("analyze, TypeScript", linesOf(typescript), oursTypescript),
      row(`CPython ${cpython.version} ast.parse`, linesOf(python), parsed),
    ],
    notes: [
      `loading the analyzer (11 MB of WebAssembly): ${loadMs.toFixed(0)} ms, once`,
      "analyze: syntax by Ruff, tree, imports, bindings, signatures, types, docstrings, the interface; ast.parse: the tree alone",
    ],
  };
}
