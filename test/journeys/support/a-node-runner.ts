import { createHash, randomUUID } from "node:crypto";
import { WebSocket } from "undici";
import { file as fileSchema } from "../../../src/contract/file/file.ts";
import type { Capabilities } from "../../../src/contract/runner/capabilities.ts";
import type { FailureReport, FromRunner, LeaseKey } from "../../../src/contract/runner/from-runner.ts";
import { type JobOffer, toRunner } from "../../../src/contract/runner/to-runner.ts";

/** What the work of a job may do on the way. */
export interface Work {
  job: JobOffer;
  /** Fires when the job is cancelled. */
  signal: AbortSignal;
  progress(stage: string, fraction: number, message?: string): void;
  log(...lines: string[]): void;
  /** Bytes of an input file. */
  fetchFile(digest: string): Promise<Buffer>;
  /** Hands an output file over; answers its digest. */
  sendFile(bytes: Buffer, name: string): Promise<string>;
}

/** How a job ended: its outputs, one set or several siblings, or a failure. */
export type Ending = { outputs: Record<string, unknown>[] } | Pick<FailureReport, "class" | "code" | "message">;

export interface NodeRunner {
  name: string;
  /** Says goodbye without a word: the connection ends. */
  stop(): void;
}

export interface NodeRunnerOptions {
  url: string;
  token: string;
  capabilities?: Partial<Capabilities>;
  work: (work: Work) => Promise<Ending>;
}

/** A runner in this process, by the protocol that real ones speak; answers when the pool has welcomed it. */
export async function startNodeRunner(options: NodeRunnerOptions): Promise<NodeRunner> {
  const capabilities = capabilitiesOf(options.capabilities);
  const socket = new WebSocket(`${options.url.replace(/^http/, "ws")}/v1/runners/connect?pool=${capabilities.pool}`, {
    headers: { authorization: `Bearer ${options.token}` },
    protocols: "callsheet.runner.v1",
  });
  const jobs = new Map<string, { lease: LeaseKey; stopping: AbortController }>();
  const say = (message: FromRunner) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  let heartbeat: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(heartbeat);
    for (const { stopping } of jobs.values()) stopping.abort();
    socket.close();
  };
  await new Promise<void>((welcomed, failed) => {
    socket.addEventListener("error", ({ message }) => failed(new Error(`no connection: ${message}`)));
    socket.addEventListener("open", () => say({ type: "hello", protocol: 1, capabilities, leases: [], warm: [] }));
    socket.addEventListener("message", ({ data }) => {
      const message = toRunner.parse(JSON.parse(String(data)));
      if (message.type === "welcome") {
        const beat = () => {
          const leases = [...jobs.values()].map(({ lease }) => lease);
          say({ type: "heartbeat", leases, warm: [], vram_used_by_others_mb: {} });
        };
        heartbeat = setInterval(beat, message.heartbeat_seconds * 1000);
        welcomed();
      }
      if (message.type === "cancel") jobs.get(message.run_id)?.stopping.abort();
      if (message.type !== "job") return;
      const lease = { run_id: message.run_id, fence: message.fence };
      const stopping = new AbortController();
      jobs.set(message.run_id, { lease, stopping });
      say({ type: "started", ...lease });
      void carryOut(options, message, say, stopping.signal).finally(() => jobs.delete(message.run_id));
    });
  });
  return { name: capabilities.name, stop };
}

async function carryOut(
  { url, work }: NodeRunnerOptions,
  job: JobOffer,
  say: (message: FromRunner) => void,
  signal: AbortSignal,
): Promise<void> {
  const lease = { run_id: job.run_id, fence: job.fence };
  const startedMs = performance.now();
  try {
    const ending = await work({
      job,
      signal,
      progress: (stage, fraction, message = "") =>
        say({ type: "progress", ...lease, stage, fraction, message: message === "" ? null : message, preview: null }),
      log: (...lines) => say({ type: "log", ...lease, stream: "stdout", lines }),
      fetchFile: async (digest) => {
        const found = job.files.find((one) => one.digest === digest);
        if (found === undefined) throw new Error(`${digest} is no file of this job`);
        return Buffer.from(await (await checked(await fetch(new URL(found.url, url)))).arrayBuffer());
      },
      sendFile: async (bytes, name) => {
        const target = new URL(job.files_url, url);
        target.searchParams.set("digest", `sha256:${createHash("sha256").update(bytes).digest("hex")}`);
        target.searchParams.set("name", name);
        const response = await checked(await fetch(target, { method: "POST", body: new Uint8Array(bytes) }));
        return fileSchema.parse(await response.json()).digest;
      },
    });
    if (signal.aborted) return;
    if (!("outputs" in ending)) return say({ type: "failure", ...lease, ...ending, detail: null });
    const run_seconds = (performance.now() - startedMs) / 1000;
    say({ type: "result", ...lease, outputs: ending.outputs, outputs_digest: null, run_seconds });
  } catch (error) {
    if (signal.aborted) return;
    say({ type: "failure", ...lease, class: "unknown", code: "handler_error", message: String(error), detail: null });
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}

function capabilitiesOf(parts: Partial<Capabilities> = {}): Capabilities {
  return {
    runner_id: randomUUID(),
    name: "node-box",
    version: "0.0.0",
    pool: "default",
    labels: {},
    slots: 4,
    cpu_cores: 8,
    memory_mb: 16_384,
    disk_mb: 100_000,
    devices: [],
    memory_types: [],
    packages: [],
    models: [],
    handlers: [],
    sandbox: "none",
    ...parts,
  };
}
