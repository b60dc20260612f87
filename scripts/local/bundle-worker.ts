import { join } from "node:path";
import { bundleWithWrangler } from "./bundle-with-wrangler.ts";

/** Bundles the registry's Worker and answers the path of the bundle. */
export async function bundleWorker(): Promise<string> {
  return join(await bundleWithWrangler("wrangler.toml", "worker"), "main.js");
}
