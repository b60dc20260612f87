import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { freePort } from "../load/free-port.ts";
import { getRequest, HttpConnection } from "../load/http-connection.ts";
import type { Plan } from "../plan.ts";
import { median } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

const workerd = join(repositoryRoot, "node_modules", "workerd", "bin", "workerd");

/** workerd from its start to its first answer, with the registry's bundle and with the floor: the difference is the isolate's start-up. */
export async function startUpTime(scriptPath: string, plan: Plan): Promise<Table> {
  const floorPath = join(repositoryRoot, "bench", "workers", "floor-worker.js");
  const folder = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const times: Record<"floor" | "registry", number[]> = { floor: [], registry: [] };
  try {
    for (let at = 0; at <= plan.starts; at++) {
      const floor = await timeStart(folder, floorPath);
      const registry = await timeStart(folder, scriptPath);
      // The first reads the files from disk.
      if (at === 0) continue;
      times.floor.push(floor);
      times.registry.push(registry);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const differences = times.registry.map((registry, at) => registry - (times.floor[at] ?? Number.NaN));
  return {
    title: "Start-up: workerd from spawn to its first answer",
    rows: [
      {
        starts: plan.starts,
        "floor ms": median(times.floor),
        "registry ms": median(times.registry),
        "isolate's part ms": median(differences),
      },
    ],
    notes: ["nothing but the bundle is bound; the first answer is that of an unknown path, so it needs no storage"],
  };
}

async function timeStart(folder: string, scriptPath: string): Promise<number> {
  const port = await freePort();
  const configPath = join(folder, "config.capnp");
  copyFileSync(scriptPath, join(folder, "script.js"));
  writeFileSync(configPath, configOf(port));
  const startedAt = performance.now();
  const server = spawn(workerd, ["serve", configPath], { stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    while (performance.now() - startedAt < 20_000) {
      if (await hasAnswered(port)) return performance.now() - startedAt;
    }
    throw new Error("workerd did not answer for 20 s");
  } finally {
    server.kill("SIGKILL");
    await ended;
  }
}

async function hasAnswered(port: number): Promise<boolean> {
  try {
    const connection = await HttpConnection.open(`http://127.0.0.1:${port}`);
    await new Promise((resolve, reject) => connection.send(getRequest("/no-such-route"), resolve, reject));
    connection.close();
    return true;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return false;
  }
}

/** `embed` looks beside the configuration; an absolute path would be looked for among workerd's own imports. */
function configOf(port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "main.js", esModule = embed "script.js")],
    compatibilityDate = "2026-11-01",
    bindings = [(name = "BODY", text = "x")],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
}
