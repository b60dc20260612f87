import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import { benchSource } from "../stage/bench-source.ts";
import type { Stage } from "../stage/open-stage.ts";

const name = "sharpen_bench";

/** The time of publishing a source of 45 lines, a new version each, and what of it is analysis, judging, and the commit with its effects. */
export async function sourcePublishTime(stage: Stage, plan: Plan): Promise<Table> {
  const refusedMs: number[] = [];
  const triedMs: number[] = [];
  const publishedMs: number[] = [];
  // Analyser and isolates are warm then.
  for (let body = -10; body < 0; body++) await send(stage, "", benchSource(name, body), 201);
  // In turns, so that a busy moment of the machine hits all three alike.
  for (let body = 0; body < plan.publishes; body++) {
    const source = benchSource(name, body);
    refusedMs.push(await send(stage, "", `${source}eval("1")\n`, 422));
    triedMs.push(await send(stage, "?dry_run=true", source, 200));
    publishedMs.push(await send(stage, "", source, 201));
  }
  const differences = (more: number[], less: number[]) => more.map((ms, at) => ms - (less[at] ?? 0));
  const row = (what: string, measured: number[]) => ({
    what,
    "p50 ms": percentile(measured, 0.5),
    "p90 ms": percentile(measured, 0.9),
    "p99 ms": percentile(measured, 0.99),
  });
  return {
    title: `Publishing a source of ${benchSource(name, 0).trimEnd().split("\n").length} lines, ${plan.publishes} new versions in a row`,
    rows: [
      row("publish", publishedMs),
      row("analysis", refusedMs),
      row("judging", differences(triedMs, refusedMs)),
      row("commit and effects", differences(publishedMs, triedMs)),
    ],
    notes: [
      "analysis: the same source with a forbidden call, which is analysed whole and refused: the request, the call of the analyzer Worker, and nothing else",
      "judging: what a dry run takes beyond that: the name's state from D1, the version before it from R2, the comparison",
      "commit and effects: what publishing takes beyond a dry run: the Registrar, its alarm, five blobs, the D1 commit, KV and the hubs",
    ],
  };
}

async function send(stage: Stage, query: string, source: string, expected: number): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${stage.registry}/v1/functions${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${stage.adminToken}`, "content-type": "text/x-python" },
    body: source,
  });
  const text = await response.text();
  const ms = performance.now() - startedAt;
  if (response.status !== expected) throw new Error(`publishing a source was answered ${response.status}: ${text}`);
  return ms;
}
