import { closedLoop } from "../load/closed-loop.ts";
import { getRequest, HttpConnection } from "../load/http-connection.ts";
import { interleave } from "../load/interleave.ts";
import { askedNames, lookupPath, randomIndex, requestsFor } from "../load/key-sets.ts";
import type { Plan } from "../plan.ts";
import { median } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import type { Stage } from "../stage/open-stage.ts";
import { selectors } from "../stage/seed-names.ts";

/** Lookups per second against both floors, one after the other in short rounds. */
export async function lookupThroughput(stage: Stage, names: number, plan: Plan): Promise<Table> {
  const rows: Table["rows"] = [];
  for (const keys of plan.keySets) {
    for (const way of keys === "uniform" && names > plan.fitsInMemory ? plan.missingWays : plan.ways) {
      const selector = selectors[way];
      const nextRequest = requestsFor(keys, names, selector);
      const asked = askedNames(keys, names);
      await touchAll(stage.registry, asked, selector);
      for (const connections of [1, 16]) {
        const sides = [stage.floor, stage.wireFloor, stage.registry].map((origin) => ({ origin, nextRequest }));
        const [floor, wireFloor, registry] = await interleave(sides, { connections, ...plan });
        if (floor === undefined || wireFloor === undefined || registry === undefined) continue;
        rows.push({
          by: way,
          keys,
          conns: connections,
          "floor/s": Math.round(floor.requestsPerSecond),
          "registry/s": Math.round(registry.requestsPerSecond),
          "of floor": registry.ratioToFirst,
          "of wire floor": registry.ratioToFirst / wireFloor.ratioToFirst,
          "cpu µs floor": floor.cpuMicroseconds,
          "cpu µs wire": wireFloor.cpuMicroseconds,
          "cpu µs registry": registry.cpuMicroseconds,
          "cpu of floor": floor.cpuMicroseconds / registry.cpuMicroseconds,
          "memory %": await memoryShare(stage.registry, asked, selector),
        });
      }
    }
  }
  return {
    title: `Lookups, ${names} templates: throughput`,
    rows,
    notes: [
      ...[1, 16].map((connections) => summaryOf(rows, connections)),
      "floor: a bare Worker with the same body and Content-Type from a constant; wire floor: the same with all headers of the answer",
      "of floor: the median, over the rounds, of registry by floor in the same round (goal ≥ 0.8)",
      "cpu µs: of the whole workerd process, for one request; cpu of floor = floor's by registry's, the ratio that other load on the machine moves least",
      "uniform over 10,000 is more than the default memory of 32 MiB holds: it measures Miniflare's KV, not this code",
      "memory %: lookups that isolate memory answered, of 300 after the rounds; the rest came from KV",
    ],
  };
}

/** One line over all ways and key sets that memory answered: single rows are noisy on a machine that does other work. */
function summaryOf(rows: Table["rows"], connections: number): string {
  const fromMemory = rows.filter((row) => row.conns === connections && row["memory %"] === 100);
  const middle = (column: string) => median(fromMemory.map((row) => Number(row[column]))).toFixed(2);
  const told = ["of floor", "of wire floor", "cpu of floor"].map((column) => `${column} ${middle(column)}`);
  return `median of the ${fromMemory.length} rows from memory at ${connections} connections: ${told.join(", ")}`;
}

/** Every name twice, so that memory has as many as it can hold; at 10,000 it cannot hold all, and there is no point in more. */
async function touchAll(origin: string, asked: number, selector: string): Promise<void> {
  const requests = Array.from({ length: asked }, (_, at) => getRequest(lookupPath(at, selector)));
  const connections = await Promise.all(Array.from({ length: 16 }, () => HttpConnection.open(origin)));
  let at = 0;
  const nextRequest = () => requests[at++ % asked] ?? getRequest(lookupPath(0, selector));
  while (at < 2 * asked) await closedLoop(connections, nextRequest, 100);
  for (const connection of connections) connection.close();
}

async function memoryShare(origin: string, names: number, selector: string): Promise<number> {
  const next = randomIndex(names);
  let fromMemory = 0;
  for (let at = 0; at < 300; at++) {
    const response = await fetch(origin + lookupPath(next(), selector));
    await response.arrayBuffer();
    if (response.headers.get("callsheet-tier") === "memory") fromMemory += 1;
  }
  return Math.round(fromMemory / 3);
}
