import { HttpConnection } from "../load/http-connection.ts";
import { requestsFor } from "../load/key-sets.ts";
import { openLoop } from "../load/open-loop.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import type { Stage } from "../stage/open-stage.ts";
import { selectors } from "../stage/seed-names.ts";

const rates = [500, 2000];
const turns = 3;

/** Latency at a fixed offered rate, counted from when each request was due. */
export async function lookupLatency(stage: Stage, names: number, plan: Plan): Promise<Table> {
  const sides = [
    { who: "floor", keys: "hot", origin: stage.floor },
    { who: "registry", keys: "hot", origin: stage.registry },
  ] as const;
  const rows: Table["rows"] = [];
  for (const rate of rates) {
    const measured = sides.map((side) => ({ ...side, latencies: [] as number[] }));
    // In turn, so that what else the machine does meets all of them.
    for (let turn = 0; turn < turns; turn++) {
      for (const side of measured) {
        const connections = await Promise.all(Array.from({ length: 64 }, () => HttpConnection.open(side.origin)));
        const nextRequest = requestsFor(side.keys, names, selectors.range);
        await openLoop(connections, nextRequest, rate, 300);
        side.latencies.push(...(await openLoop(connections, nextRequest, rate, plan.latencyMs)));
        for (const connection of connections) connection.close();
      }
    }
    for (const { who, keys, latencies } of measured) {
      rows.push({
        "offered/s": rate,
        who,
        keys,
        "p50 ms": percentile(latencies, 0.5),
        "p90 ms": percentile(latencies, 0.9),
        "p99 ms": percentile(latencies, 0.99),
        "p99.9 ms": percentile(latencies, 0.999),
        "max ms": percentile(latencies, 1),
      });
    }
  }
  return {
    title: `Lookups by range, ${names} templates: latency at a fixed offered rate`,
    rows,
    notes: ["open loop: a request that had to wait for a free connection counts its waiting"],
  };
}
