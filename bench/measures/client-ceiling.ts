import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { getRequest } from "../load/http-connection.ts";
import { interleave } from "../load/interleave.ts";
import type { Plan } from "../plan.ts";
import type { Table } from "../report/table.ts";

/** What the load generator can do against a server that does nothing: rates near it measure the client, not the Worker. */
export async function clientCeiling(bodyBytes: number, plan: Plan): Promise<Table> {
  const server = fork(join(repositoryRoot, "bench", "load", "canned-server.js"), [String(bodyBytes)]);
  const [port] = await once(server, "message");
  const request = getRequest("/");
  const side = { origin: `http://127.0.0.1:${port}`, nextRequest: () => request };
  const rows: Table["rows"] = [];
  for (const connections of [1, 16]) {
    const [result] = await interleave([side], { connections, ...plan });
    rows.push({ conns: connections, "requests/s": Math.round(result?.requestsPerSecond ?? 0) });
  }
  server.kill();
  return { title: "Load generator alone, against canned bytes", rows, notes: [] };
}
