import { bundleAll } from "../../scripts/local/bundle-all.ts";

/** Bundles the Workers once for all journeys; they find it where `bundled` says. */
export default async function bundleOnce(): Promise<void> {
  await bundleAll();
}
