import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { convertV4MiniflareOptions, type Request, Response } from "miniflare";
import { type LocalSandbox, openLocalSandbox } from "../../scripts/local/local-sandbox.ts";
import { bundleBeside, miniflareOptions } from "../../scripts/local/miniflare-options.ts";
import { openRestate, type Restate } from "../peers/restate.ts";
import { bundleBenchWorker } from "../stage/bundle-bench-worker.ts";
import { directly, openDirectly } from "../stage/open-directly.ts";

const adminToken = "bench-admin-token";

/** The registry and a Worker with a workflow written by hand, in one workerd; Restate beside it; one sandbox for all of them. */
export interface WorkflowStage {
  registry: string;
  bare: string;
  /** The reason, where there is none. */
  restate: Restate | string;
  adminToken: string;
  close(): Promise<void>;
}

export async function openWorkflowStage(scriptPath: string, stateDir: string): Promise<WorkflowStage> {
  const sandbox = openLocalSandbox(bundleBeside(scriptPath, "sandbox"));
  const options = miniflareOptions({
    scriptPath,
    sandbox,
    stateDir,
    host: "127.0.0.1",
    port: 0,
    adminToken,
    vars: { RATE_LIMITS: "off" },
  });
  const bare = convertV4MiniflareOptions({
    workers: [
      {
        name: "bare",
        compatibilityDate: "2026-11-01",
        modules: [{ type: "ESModule", path: "main.js", contents: await bundleBenchWorker("bare-workflow-worker.js") }],
        workflows: { BARE: { name: "bare", className: "Bare" } },
        durableObjects: { WAITER: { className: "Waiter", useSQLite: true } },
        serviceBindings: {
          SANDBOX: async (request: Request) => {
            const { status, body } = await sandbox.answer(await request.text());
            return new Response(body, { status });
          },
        },
        ...directly,
      },
    ],
  });
  const { miniflare, urlOf } = await openDirectly(options, bare.workers);
  const overHttp = await serve(sandbox);
  const restate = await openRestate(overHttp.url);
  return {
    registry: await urlOf("callsheet"),
    bare: await urlOf("bare"),
    restate,
    adminToken,
    close: async () => {
      if (typeof restate !== "string") await restate.close();
      overHttp.close();
      await Promise.all([miniflare.dispose(), sandbox.stop()]);
    },
  };
}

/** The sandbox as a Worker's binding reaches it, for who has no bindings. */
async function serve(sandbox: LocalSandbox): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const { status, body } = await sandbox.answer(await text(request));
    response.writeHead(status, { "content-length": Buffer.byteLength(body) }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the sandbox's server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
