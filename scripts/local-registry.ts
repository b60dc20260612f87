import { mkdirSync } from "node:fs";
import { Miniflare } from "miniflare";
import { applyMigrations } from "./local/apply-migrations.ts";
import { bundleAll } from "./local/bundle-all.ts";
import { openLocalSandbox } from "./local/local-sandbox.ts";
import { bundleBeside, miniflareOptions } from "./local/miniflare-options.ts";

export interface RegistryOptions {
  /** Everything that it keeps. */
  stateDir: string;
  /** 0, the default: any that is free. */
  port?: number;
  host?: string;
  adminToken?: string;
  vars?: Record<string, string>;
  /** The registry's bundle, made before with the others beside it; all are bundled anew when absent. */
  scriptPath?: string;
}

export interface LocalRegistry {
  url: string;
  adminToken: string;
  miniflare: Miniflare;
  stop(): Promise<void>;
}

/** Runs the whole registry on this machine: workerd with wrangler.toml's bindings, storage in `stateDir`, migrations applied. */
export async function startRegistry(options: RegistryOptions): Promise<LocalRegistry> {
  const scriptPath = options.scriptPath ?? (await bundleAll());
  const adminToken = options.adminToken ?? "test-admin-token";
  mkdirSync(options.stateDir, { recursive: true });
  const { stateDir, host = "127.0.0.1", port = 0, vars = {} } = options;
  const sandbox = openLocalSandbox(bundleBeside(scriptPath, "sandbox"), vars.EDGE_ISOLATION);
  const miniflare = new Miniflare(miniflareOptions({ scriptPath, sandbox, stateDir, host, port, adminToken, vars }));
  const stop = async () => {
    await Promise.all([miniflare.dispose(), sandbox.stop()]);
  };
  try {
    const url = (await miniflare.ready).origin;
    await applyMigrations(await miniflare.getD1Database("DB"));
    return { url, adminToken, miniflare, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
