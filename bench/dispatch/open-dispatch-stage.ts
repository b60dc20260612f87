import { convertV4MiniflareOptions } from "miniflare";
import { miniflareOptions } from "../../scripts/local/miniflare-options.ts";
import { bundleBenchWorker } from "../stage/bundle-bench-worker.ts";
import { directly, openDirectly } from "../stage/open-directly.ts";

/** The registry and the floor of dispatch, Workers of one workerd, each on a socket of its own. */
export interface DispatchStage {
  registry: string;
  echo: string;
  adminToken: string;
  close(): Promise<void>;
}

const adminToken = "bench-admin-token";
export const benchTemplate = "dispatch_bench";
export const benchHandler = "dispatch_bench";

export async function openDispatchStage(scriptPath: string, stateDir: string): Promise<DispatchStage> {
  const options = miniflareOptions({
    scriptPath,
    stateDir,
    host: "127.0.0.1",
    port: 0,
    adminToken,
    vars: { RUNNER_APPROVAL: "auto", RATE_LIMITS: "off" },
  });
  const echo = convertV4MiniflareOptions({
    workers: [
      {
        name: "echo",
        compatibilityDate: "2026-11-01",
        modules: [{ type: "ESModule", path: "main.js", contents: await bundleBenchWorker("echo-worker.js") }],
        durableObjects: { ECHO: { className: "Echo", useSQLite: true } },
        ...directly,
      },
    ],
  });
  const { miniflare, urlOf } = await openDirectly(options, echo.workers);
  const stage = {
    registry: await urlOf("callsheet"),
    echo: await urlOf("echo"),
    adminToken,
    close: () => miniflare.dispose(),
  };
  await publishBenchTemplate(stage);
  return stage;
}

/** One run of the template that does nothing. Answers the run's id. */
export async function postRun(stage: DispatchStage): Promise<string> {
  const response = await fetch(`${stage.registry}/v1/templates/${benchTemplate}/runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${stage.adminToken}`, "content-type": "application/json" },
    body: '{"inputs":{"text":"hello"}}',
  });
  const told: unknown = await response.json();
  if (response.status !== 202) throw new Error(`a run was answered ${response.status}: ${JSON.stringify(told)}`);
  return typeof told === "object" && told !== null && "id" in told ? String(told.id) : "";
}

async function publishBenchTemplate(stage: DispatchStage): Promise<void> {
  const template = {
    id: benchTemplate,
    version: "1.0.0",
    name: "Dispatch bench",
    interface: { inputs: { text: { type: "string", required: true } }, outputs: { text: { type: "string" } } },
    requirements: { resources: {} },
    execution: { handler: benchHandler },
  };
  const response = await fetch(`${stage.registry}/v1/templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${stage.adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ template }),
  });
  if (!response.ok) throw new Error(`the bench template is refused: ${await response.text()}`);
  await response.text();
}
