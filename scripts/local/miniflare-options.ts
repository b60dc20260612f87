import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  type MiniflareOptions,
  type Request,
  Response,
  type V4WorkerOptions,
} from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { calledWorker } from "./called-worker.ts";
import type { LocalSandbox } from "./local-sandbox.ts";
import { repositoryRoot } from "./repository-root.ts";

export interface LocalWorker {
  /** The registry's bundle; the analyzer's lies beside it (bundle-all.ts). */
  scriptPath: string;
  /** Does what the sandbox Worker does; without it no function runs at the edge. */
  sandbox?: LocalSandbox;
  stateDir: string;
  host: string;
  /** 0: any that is free. */
  port: number;
  adminToken: string;
  /** Overrides of wrangler.toml's [vars]. */
  vars?: Record<string, string>;
}

/** wrangler.toml as Miniflare options: the one description of the bindings, on one machine as in production. */
export function miniflareOptions(local: LocalWorker): MiniflareOptions {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(repositoryRoot, "wrangler.toml"));
  const hasAssets = existsSync(join(repositoryRoot, "build", "assets", "index.html"));
  // The bundle is one module: rules for other file types have nothing to act on.
  const { assets, modulesRules: _, rootPath: __, ...others } = workerOptions;
  // wrangler's own type for these options has lost its members to an Omit over a union; Miniflare parses them by its schema.
  const worker = {
    ...(others as object),
    ...(hasAssets && assets ? { assets } : {}),
    name: "callsheet",
    modules: [{ type: "ESModule", path: local.scriptPath }],
    modulesRoot: dirname(local.scriptPath),
    bindings: { ...(others.bindings as object), ...local.vars, CALLSHEET_ADMIN_TOKEN: local.adminToken },
    serviceBindings: { ...(others.serviceBindings as object), SANDBOX: sandboxService(local.sandbox) },
  } as unknown as V4WorkerOptions;
  return convertV4MiniflareOptions({
    host: local.host,
    port: local.port,
    // Without this Miniflare asks the network where it is.
    cf: false,
    log: new Log(LogLevel.WARN),
    telemetry: { enabled: false },
    resourcePersistencePath: join(local.stateDir, "storage"),
    workers: [worker, calledWorker("callsheet-analyzer", bundleBeside(local.scriptPath, "analyzer"))],
  });
}

/** The folder of another Worker's bundle, beside the registry's. */
export function bundleBeside(scriptPath: string, folder: "analyzer" | "sandbox"): string {
  return join(dirname(dirname(scriptPath)), folder);
}

/** A service binding in this process: the sandbox's own processes come and go. */
function sandboxService(sandbox: LocalSandbox | undefined): (request: Request) => Promise<Response> {
  return async (request) => {
    if (sandbox === undefined) return new Response("there is no sandbox here", { status: 503 });
    const { status, body } = await sandbox.answer(await request.text());
    return new Response(body, { status });
  };
}
