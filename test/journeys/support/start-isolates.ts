import { mkdirSync } from "node:fs";
import { Miniflare } from "miniflare";
import { applyMigrations } from "../../../scripts/local/apply-migrations.ts";
import { miniflareOptions } from "../../../scripts/local/miniflare-options.ts";

/** The registry several times, each with an isolate and so with a lookup memory of its own, over one storage. */
export interface Isolates {
  /** Has the Durable Objects too. */
  first: string;
  /** Have only lookups of their own: what they learn of a change, they learn by a sync. */
  others: readonly [string, ...string[]];
  adminToken: string;
  stop(): Promise<void>;
}

/** Starts Workers of one bundle in one Miniflare; the others are bound to the first one's KV, D1, R2 and Durable Objects. */
export async function startIsolates(options: {
  scriptPath: string;
  stateDir: string;
  vars?: Record<string, string>;
  /** Besides the first. */
  others?: number;
}): Promise<Isolates> {
  const { scriptPath, stateDir, vars = {}, others: count = 1 } = options;
  const adminToken = "test-admin-token";
  mkdirSync(stateDir, { recursive: true });
  const all = { RATE_LIMITS: "off", ...vars };
  const one = miniflareOptions({ scriptPath, stateDir, host: "127.0.0.1", port: 0, adminToken, vars: all });
  const [first, ...called] = one.workers;
  if (first === undefined) throw new Error("wrangler.toml describes no Worker");
  const names = Array.from({ length: count }, (_, i) => `callsheet-isolate-${i + 2}`);
  // Bindings name the Worker that a Durable Object class belongs to, so a copy of them means the first one's objects.
  const { exports: _, triggers: __, ...config } = first.config;
  const others = names.map((name) => ({
    ...first,
    config: { ...config, name },
    dev: { ...first.dev, unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
  }));
  const miniflare = new Miniflare({ ...one, workers: [first, ...others, ...called] });
  try {
    const url = (await miniflare.ready).origin;
    await applyMigrations(await miniflare.getD1Database("DB"));
    const [second, ...more] = await Promise.all(
      names.map(async (name) => (await miniflare.unsafeGetDirectURL(name)).origin),
    );
    if (second === undefined) throw new Error("there must be one isolate besides the first");
    return { first: url, others: [second, ...more], adminToken, stop: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}
