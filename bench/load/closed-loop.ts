import type { HttpConnection } from "./http-connection.ts";

export interface Throughput {
  requests: number;
  seconds: number;
}

/** Each connection sends its next request as soon as its last is answered, for `ms`. Any answer but 200 stops it all. */
export async function closedLoop(
  connections: readonly HttpConnection[],
  nextRequest: () => Buffer,
  ms: number,
): Promise<Throughput> {
  const startedAt = performance.now();
  const endsAt = startedAt + ms;
  let requests = 0;
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve, reject) => {
          const next = () => connection.send(nextRequest(), answered, reject);
          const answered = ({ status }: { status: number }) => {
            requests += 1;
            if (status !== 200) reject(new Error(`answer ${status} where 200 was expected`));
            else if (performance.now() < endsAt) next();
            else resolve();
          };
          next();
        }),
    ),
  );
  return { requests, seconds: (performance.now() - startedAt) / 1000 };
}
