import type { V4WorkerOptions } from "miniflare";
import { bundledModules } from "./bundled-modules.ts";

/** A Worker that the registry calls by a service binding, from its bundle's folder, for a Miniflare. */
export function calledWorker(name: "callsheet-analyzer" | "callsheet-sandbox", folder: string) {
  return {
    name,
    // Also that of its wrangler.toml.
    compatibilityDate: "2026-11-01",
    modules: bundledModules(folder),
    modulesRoot: folder,
    ...(name === "callsheet-sandbox" ? { workerLoaders: { LOADER: {} } } : {}),
  } satisfies V4WorkerOptions;
}
