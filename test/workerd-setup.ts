import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { unstable_splitSqlQuery } from "wrangler";
import { bundleAnalyzer } from "../scripts/local/bundle-analyzer.ts";
import { bundleSandbox } from "../scripts/local/bundle-sandbox.ts";
import { calledWorker } from "../scripts/local/called-worker.ts";
import { startReceiver } from "./receiver/start-receiver.ts";

/**
 * Does in Node what the tests in workerd cannot: reads the migrations, bundles the Workers that the registry calls, and serves as a receiver of
 * deliveries until all tests are done.
 */
export default async function prepareWorkerd(project: TestProject): Promise<() => Promise<void>> {
  const directory = join(import.meta.dirname, "..", "migrations");
  const files = readdirSync(directory).filter((name) => name.endsWith(".sql"));
  const statements = files
    .sort()
    .flatMap((name) => unstable_splitSqlQuery(readFileSync(join(directory, name), "utf8")));
  project.provide("migrations", statements);
  const [analyzer, sandbox] = await Promise.all([bundleAnalyzer(), bundleSandbox()]);
  project.provide("calledWorkers", [
    calledWorker("callsheet-analyzer", analyzer),
    calledWorker("callsheet-sandbox", sandbox),
  ]);
  const receiver = await startReceiver();
  project.provide("receiverUrl", receiver.url);
  return receiver.stop;
}
