import { mkdirSync } from "node:fs";
import { Miniflare } from "miniflare";
import { applyMigrations } from "./local/apply-migrations.ts";
import { bundleWorker } from "./local/bundle-worker.ts";
import { miniflareOptions } from "./local/miniflare-options.ts";

export interface RegistryOptions {
  /** Everything that it keeps. */
  stateDir: string;
  /** 0, the default: any that is free. */
  port?: number;
  host?: string;
  adminToken?: string;
  vars?: Record<string, string>;
  /** A bundle made before; bundled anew when absent. */
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
  const scriptPath = options.scriptPath ?? (await bundleWorker());
  const adminToken = options.adminToken ?? "test-admin-token";
  mkdirSync(options.stateDir, { recursive: true });
  const { stateDir, host = "127.0.0.1", port = 0, vars = {} } = options;
  const miniflare = new Miniflare(miniflareOptions({ scriptPath, stateDir, host, port, adminToken, vars }));
  try {
    const url = (await miniflare.ready).origin;
    await applyMigrations(await miniflare.getD1Database("DB"));
    return { url, adminToken, miniflare, stop: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}
