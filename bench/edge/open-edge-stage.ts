import { convertV4MiniflareOptions } from "miniflare";
import { type EdgeProcess, startEdgeProcess } from "../../scripts/local/edge-process.ts";
import { openLocalSandbox } from "../../scripts/local/local-sandbox.ts";
import { bundleBeside, miniflareOptions } from "../../scripts/local/miniflare-options.ts";
import { bundleBenchWorker } from "../stage/bundle-bench-worker.ts";
import { directly, openDirectly } from "../stage/open-directly.ts";

const adminToken = "bench-admin-token";

/** The registry with its sandbox, sandboxes without a registry, and a bare Worker. */
export interface EdgeStage {
  /** A Worker that answers a constant. */
  floor: string;
  registry: string;
  adminToken: string;
  /** Whose isolates serve one call; and one caller's calls. */
  sandboxes: { call: EdgeProcess; caller: EdgeProcess };
  close(): Promise<void>;
}

export async function openEdgeStage(scriptPath: string, stateDir: string): Promise<EdgeStage> {
  const folder = bundleBeside(scriptPath, "sandbox");
  const sandbox = openLocalSandbox(folder);
  const options = miniflareOptions({
    scriptPath,
    sandbox,
    stateDir,
    host: "127.0.0.1",
    port: 0,
    adminToken,
    vars: { RATE_LIMITS: "off" },
  });
  const floor = convertV4MiniflareOptions({
    workers: [
      {
        name: "floor",
        compatibilityDate: "2026-11-01",
        modules: [{ type: "ESModule", path: "main.js", contents: await bundleBenchWorker("floor-worker.js") }],
        bindings: { BODY: '{"length":5}' },
        ...directly,
      },
    ],
  });
  const { miniflare, urlOf } = await openDirectly(options, floor.workers);
  const call = await startEdgeProcess(folder, "call");
  const caller = await startEdgeProcess(folder, "caller");
  return {
    floor: await urlOf("floor"),
    registry: await urlOf("callsheet"),
    adminToken,
    sandboxes: { call, caller },
    close: async () => {
      for (const process of [call, caller]) process.kill("crashed");
      await Promise.all([miniflare.dispose(), sandbox.stop(), call.ended, caller.ended]);
    },
  };
}
