import { bundleWorker } from "../../scripts/local/bundle-worker.ts";

/** Bundles the Worker once for all journeys; they find it where `bundled` says. */
export default async function bundleOnce(): Promise<void> {
  await bundleWorker();
}
