import { bundleAnalyzer } from "./bundle-analyzer.ts";
import { bundleSandbox } from "./bundle-sandbox.ts";
import { bundleWorker } from "./bundle-worker.ts";

/** Bundles every Worker, each into a folder of build/, and answers the path of the registry's. */
export async function bundleAll(): Promise<string> {
  const [scriptPath] = await Promise.all([bundleWorker(), bundleAnalyzer(), bundleSandbox()]);
  return scriptPath;
}
