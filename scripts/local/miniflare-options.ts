import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, type MiniflareOptions, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { repositoryRoot } from "./repository-root.ts";

export interface LocalWorker {
  /** The bundle. */
  scriptPath: string;
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
  } as unknown as V4WorkerOptions;
  return convertV4MiniflareOptions({
    host: local.host,
    port: local.port,
    // Without this Miniflare asks the network where it is.
    cf: false,
    log: new Log(LogLevel.WARN),
    telemetry: { enabled: false },
    resourcePersistencePath: join(local.stateDir, "storage"),
    workers: [worker],
  });
}
