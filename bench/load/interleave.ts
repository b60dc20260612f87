import { median } from "../report/percentile.ts";
import { closedLoop } from "./closed-loop.ts";
import { cpuSeconds, findWorkerd } from "./cpu-time.ts";
import { HttpConnection } from "./http-connection.ts";

export interface Side {
  origin: string;
  nextRequest: () => Buffer;
}

/** What one side did, over all rounds. */
export interface SideResult {
  /** Median of the rounds. */
  requestsPerSecond: number;
  /** Of the whole workerd process, for one request. NaN where the system does not tell. */
  cpuMicroseconds: number;
  /** Median over the rounds of this side's rate by the first side's rate in the same round. */
  ratioToFirst: number;
}

export interface Rounds {
  connections: number;
  rounds: number;
  roundMs: number;
}

/** Measures the sides in turn, round by round, so that what else the machine does meets all of them; an unmeasured round first. */
export async function interleave(sides: readonly Side[], how: Rounds): Promise<SideResult[]> {
  const workerd = findWorkerd();
  const runs = await Promise.all(
    sides.map(async (side) => ({
      side,
      connections: await Promise.all(Array.from({ length: how.connections }, () => HttpConnection.open(side.origin))),
      rates: [] as number[],
      requests: 0,
      cpu: 0,
    })),
  );
  for (let round = -1; round < how.rounds; round++) {
    for (const run of runs) {
      const cpuBefore = cpuSeconds(workerd);
      const { requests, seconds } = await closedLoop(run.connections, run.side.nextRequest, how.roundMs);
      if (round < 0) continue;
      run.rates.push(requests / seconds);
      run.requests += requests;
      run.cpu += cpuSeconds(workerd) - cpuBefore;
    }
  }
  for (const connection of runs.flatMap((run) => run.connections)) connection.close();
  const first = runs[0]?.rates ?? [];
  return runs.map((run) => ({
    requestsPerSecond: median(run.rates),
    cpuMicroseconds: (run.cpu / run.requests) * 1e6,
    ratioToFirst: median(run.rates.map((rate, round) => rate / (first[round] ?? Number.NaN))),
  }));
}
