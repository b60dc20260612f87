import { randomUUID } from "node:crypto";
import { WebSocket } from "undici";
import { benchHandler, type DispatchStage } from "./open-dispatch-stage.ts";

/** A runner as its pool sees one, with jobs that take no time. */
export interface SimulatedRunner {
  /** Called for each job, before it is answered. */
  onJob: (runId: string) => void;
  close(): void;
}

const pool = "default";

/** Connects a runner that answers each job of the bench template at once. */
export async function connectRunner(stage: DispatchStage, slots: number): Promise<SimulatedRunner> {
  const url = `${stage.registry.replace("http", "ws")}/v1/runners/connect?pool=${pool}`;
  const socket = new WebSocket(url, {
    protocols: ["callsheet.runner.v1"],
    headers: { authorization: `Bearer ${stage.adminToken}` },
  });
  const say = (message: object) => socket.send(JSON.stringify(message));
  const held = new Map<string, number>();
  const runner: SimulatedRunner = { onJob: () => undefined, close: () => socket.close() };
  const isWelcome = Promise.withResolvers<void>();
  socket.addEventListener("error", () => isWelcome.reject(new Error(`no runner can connect to ${url}`)));
  socket.addEventListener("open", () =>
    say({ type: "hello", protocol: 1, capabilities: capabilitiesOf(slots), leases: [], warm: [] }),
  );
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.type === "welcome") isWelcome.resolve();
    if (message.type === "accepted" || message.type === "refused") held.delete(message.run_id);
    if (message.type !== "job") return;
    const lease = { run_id: message.run_id, fence: message.fence };
    held.set(lease.run_id, lease.fence);
    runner.onJob(lease.run_id);
    say({ type: "result", ...lease, outputs: [{ text: "hello" }], outputs_digest: null, run_seconds: 0 });
  });
  await isWelcome.promise;
  const beat = setInterval(() => {
    const leases = [...held].map(([run_id, fence]) => ({ run_id, fence }));
    say({ type: "heartbeat", leases, warm: [], vram_used_by_others_mb: {} });
  }, 5000);
  runner.close = () => {
    clearInterval(beat);
    socket.close();
  };
  return runner;
}

function capabilitiesOf(slots: number): object {
  return {
    runner_id: randomUUID(),
    name: "bench",
    version: "0",
    pool,
    labels: {},
    slots,
    cpu_cores: 1024,
    memory_mb: 4_000_000,
    disk_mb: 4_000_000,
    devices: [],
    memory_types: ["python"],
    models: [],
    handlers: [benchHandler],
    sandbox: "none",
  };
}
