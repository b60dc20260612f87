import { buildAssets } from "../../scripts/local/build-assets.ts";
import { bundleAll } from "../../scripts/local/bundle-all.ts";

/** Builds the Worker and the pages once for all browser tests. */
export default async function buildOnce(): Promise<void> {
  await Promise.all([buildAssets(), bundleAll()]);
}
