import { Miniflare, type MiniflareOptions } from "miniflare";
import { applyMigrations } from "../../scripts/local/apply-migrations.ts";

/** A Worker that is reached without Miniflare's entry Worker before it, which all sides would pay for. */
export const directly = { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] };

/** A workerd with the registry and what stands beside it, migrations applied. */
export interface DirectWorkers {
  miniflare: Miniflare;
  urlOf(name: string): Promise<string>;
}

/** Starts the registry of these options, without the asset router (a floor has none either), and the Workers beside it. */
export async function openDirectly(
  options: MiniflareOptions,
  beside: MiniflareOptions["workers"],
): Promise<DirectWorkers> {
  const [registry, ...called] = options.workers;
  if (registry === undefined) throw new Error("the registry's options hold no Worker");
  const { assets: _assets, env: { ASSETS: _router, ...env } = {}, ...others } = registry.config;
  const alone = { ...registry, config: { ...others, env }, dev: { ...registry.dev, ...directly } };
  const miniflare = new Miniflare({ ...options, workers: [alone, ...called, ...beside] });
  await miniflare.ready;
  await applyMigrations(await miniflare.getD1Database("DB"));
  return { miniflare, urlOf: async (name) => (await miniflare.unsafeGetDirectURL(name)).origin };
}
