import type { HttpConnection } from "./http-connection.ts";

/**
 * Offers requests at a fixed rate, whether or not the last are answered, and answers each one's latency in ms, counted from when it
 * was *due*: a stall then shows in every request that it delays, not only in the one that met it. Spins instead of sleeping,
 * because timers of 1 ms are coarser than what is measured.
 */
export async function openLoop(
  connections: readonly HttpConnection[],
  nextRequest: () => Buffer,
  ratePerSecond: number,
  ms: number,
): Promise<number[]> {
  const total = Math.round((ratePerSecond * ms) / 1000);
  const idle = [...connections];
  const waiting: number[] = [];
  const latencies: number[] = [];
  const startedAt = performance.now();
  let offered = 0;
  let failure: Error | null = null;

  const send = (connection: HttpConnection, dueAt: number) =>
    connection.send(
      nextRequest(),
      ({ status }) => {
        latencies.push(performance.now() - dueAt);
        if (status !== 200) failure = new Error(`answer ${status} where 200 was expected`);
        const next = waiting.shift();
        if (next === undefined) idle.push(connection);
        else send(connection, next);
      },
      (error) => {
        failure = error;
      },
    );

  while (latencies.length < total) {
    if (failure !== null) throw failure;
    const dueBy = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * ratePerSecond) + 1);
    for (; offered < dueBy; offered++) {
      const dueAt = startedAt + (offered / ratePerSecond) * 1000;
      const connection = idle.pop();
      if (connection === undefined) waiting.push(dueAt);
      else send(connection, dueAt);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return latencies;
}
