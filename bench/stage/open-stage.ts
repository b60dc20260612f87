import { convertV4MiniflareOptions, type V4WorkerOptions } from "miniflare";
import { miniflareOptions } from "../../scripts/local/miniflare-options.ts";
import { bundleBenchWorker } from "./bundle-bench-worker.ts";
import { openDirectly } from "./open-directly.ts";
import { seedName, selectors } from "./seed-names.ts";

/** One answer of the registry, for the floors to repeat. */
export interface Sample {
  body: string;
  headers: Record<string, string>;
}

/** One workerd with the registry and the Workers that it is measured against, each on a socket of its own. */
export interface Stage {
  /** The registry itself, without Miniflare's entry Worker before it. */
  registry: string;
  /** Answers the sample's body with its Content-Type. */
  floor: string;
  /** Answers the sample's body with all of its headers. */
  wireFloor: string;
  /** Loops `lookUp` inside the isolate. */
  resolver: string;
  seeder: string;
  adminToken: string;
  close(): Promise<void>;
}

const adminToken = "bench-admin-token";
const unknownYet: Sample = { body: "", headers: {} };

export async function openStage(scriptPath: string, stateDir: string, sample: Sample = unknownYet): Promise<Stage> {
  const options = miniflareOptions({
    scriptPath,
    stateDir,
    host: "127.0.0.1",
    port: 0,
    adminToken,
    vars: { RATE_LIMITS: "off" },
  });
  const { DB: db, LOOKUPS: lookups } = options.workers[0]?.config.env ?? {};
  const workers: V4WorkerOptions[] = [
    await benchWorker("floor", "floor-worker.js", { BODY: sample.body }),
    await benchWorker("wire-floor", "floor-worker.js", { BODY: sample.body, HEADERS: JSON.stringify(sample.headers) }),
    await benchWorker("resolver", "resolve-worker.ts", {}),
    await benchWorker("seeder", "seed-worker.ts", {}),
  ];
  const helpers = convertV4MiniflareOptions({ workers }).workers.map((worker) =>
    worker.config.name === "seeder" && db !== undefined && lookups !== undefined
      ? { ...worker, config: { ...worker.config, env: { DB: db, LOOKUPS: lookups } } }
      : worker,
  );
  const { miniflare, urlOf } = await openDirectly(options, helpers);
  return {
    registry: await urlOf("callsheet"),
    floor: await urlOf("floor"),
    wireFloor: await urlOf("wire-floor"),
    resolver: await urlOf("resolver"),
    seeder: await urlOf("seeder"),
    adminToken,
    close: () => miniflare.dispose(),
  };
}

/** What the registry answers for a seeded name. `X-Request-Id`, `Date` and the like are frozen as they came. */
export async function takeSample(stage: Stage): Promise<Sample> {
  const url = `${stage.registry}/v1/templates/${seedName(0)}${selectors.exact}`;
  await (await fetch(url)).arrayBuffer();
  const response = await fetch(url);
  if (response.status !== 200)
    throw new Error(`the sample lookup answered ${response.status}: ${await response.text()}`);
  const body = await response.text();
  const ofTransport = ["content-length", "connection", "keep-alive", "date", "transfer-encoding"];
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ofTransport.includes(name)));
  return { body, headers };
}

async function benchWorker(name: string, file: string, bindings: Record<string, string>): Promise<V4WorkerOptions> {
  return {
    name,
    compatibilityDate: "2026-11-01",
    modules: [{ type: "ESModule", path: "main.js", contents: await bundleBenchWorker(file) }],
    bindings,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
}
