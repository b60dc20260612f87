import { cpuSeconds } from "../load/cpu-time.ts";
import type { Plan } from "../plan.ts";
import { median, percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import type { WorkflowStage } from "../workflows/open-workflow-stage.ts";
import { publishWorkflows } from "../workflows/publish-workflows.ts";
import { atOnce, type Shape } from "../workflows/shape.ts";
import { type Side, sidesOf } from "../workflows/sides.ts";

const short: Shape = { shape: "chain", count: 3 };
const long: Shape = { shape: "chain", count: 40 };
const wide: Shape = { shape: "map", count: 200 };
const measured: { shape: Shape; connections: number }[] = [
  { shape: short, connections: 1 },
  { shape: short, connections: 8 },
  { shape: long, connections: 1 },
  { shape: long, connections: 8 },
  { shape: wide, connections: 1 },
];

/** Which side all are compared with: the same engine, the same steps, the same sandbox, nothing of ours. */
const comparedWith = 1;

/** Runs of workflows from their request to their end, beside the same steps written by hand for Cloudflare Workflows and for Restate. */
export async function workflowRuns(stage: WorkflowStage, plan: Plan): Promise<Table> {
  await publishWorkflows(stage, [short, long, wide]);
  const sides = sidesOf(stage);
  const rows: Table["rows"] = [];
  for (const { shape, connections } of measured) {
    const results = await inTurn(sides, shape, connections, plan);
    const others = results[comparedWith]?.rates ?? [];
    rows.push(
      ...results.map(({ side, ms, rates, cpuMs }) => ({
        workflow: shape.shape === "chain" ? `${shape.count} steps` : `map of ${shape.count}`,
        conns: connections,
        side: side.name,
        function: side.function,
        "p50 ms": percentile(ms, 0.5),
        "p99 ms": percentile(ms, 0.99),
        "runs/s": median(rates),
        "of bare": median(rates.map((rate, round) => rate / (others[round] ?? Number.NaN))),
        "cpu ms": cpuMs / ms.length,
        runs: ms.length,
      })),
    );
  }
  return { title: "Workflows of JavaScript functions, from the request to the end", rows, notes: notesOf(stage) };
}

interface Measured {
  side: Side;
  ms: number[];
  rates: number[];
  cpuMs: number;
}

/** The sides take turns, round by round; an unmeasured round first. */
async function inTurn(sides: readonly Side[], shape: Shape, connections: number, plan: Plan): Promise<Measured[]> {
  const results = sides.map((side): Measured => ({ side, ms: [], rates: [], cpuMs: 0 }));
  for (let round = -1; round < plan.workflowRounds; round++) {
    for (const result of results) {
      const { side, ms, rates } = result;
      const cpuBefore = cpuMsOf(side);
      const done = await oneRound(side, shape, connections, plan.workflowRoundMs);
      if (round < 0) continue;
      ms.push(...done.ms);
      rates.push(done.ms.length / done.seconds);
      result.cpuMs += cpuMsOf(side) - cpuBefore;
    }
  }
  return results;
}

/** As many runs as end one after the other on each connection until the time is over; each connection does one at least. */
async function oneRound(side: Side, shape: Shape, connections: number, roundMs: number) {
  const ms: number[] = [];
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      do {
        const sentAt = performance.now();
        await side.run(shape);
        ms.push(performance.now() - sentAt);
      } while (performance.now() - startedAt < roundMs);
    }),
  );
  return { ms, seconds: (performance.now() - startedAt) / 1000 };
}

function cpuMsOf({ pids }: Side): number {
  return pids.reduce((sum, pid) => sum + cpuSeconds(pid) * 1000, 0);
}

function notesOf({ restate }: WorkflowStage): string[] {
  return [
    `the steps of a chain each need the result of the last; ${atOnce} items of a map are done at the same time; results are checked on every side`,
    "of bare: the rate by that of bare Cloudflare Workflows with the function in an isolate, round by round; at 1 connection 1 / 1.2 = 0.83 is the aim",
    "callsheet: inputs checked, every step a run of its own with entities and provenance in D1, events, a lock of all versions; bare: `step.do` alone",
    "callsheet, bare and the isolates are one machine's workerd (Miniflare), where an instance is a Durable Object as in production; ended runs are told by `Prefer: wait` and by a Durable Object",
    ...(typeof restate === "string"
      ? [`Restate is left out: ${restate}`]
      : [
          `Restate ${restate.version}: one server with its default settings (24 partitions, log synced to disk) and its Node SDK; each step is recorded, no entities, no checks`,
        ]),
    "cpu ms: CPU time for one run, of workerd or of Restate's two processes; the sandbox's own process, which all share, is not in it",
    "a p99 of fewer than 100 runs is the slowest of them",
  ];
}
