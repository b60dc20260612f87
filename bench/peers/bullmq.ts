import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { freePort } from "../load/free-port.ts";

/** BullMQ over a redis-server of its own, whose append-only file is synced to disk for every write. */
export interface BullPeer {
  add(): Promise<string>;
  onJob: (id: string) => void;
  onDone: (id: string) => void;
  close(): Promise<void>;
}

/** Null when this machine has no redis-server. */
export async function openBullPeer(concurrency: number): Promise<BullPeer | null> {
  const dir = mkdtempSync(join(tmpdir(), "callsheet-redis-"));
  const port = await freePort();
  const redis = spawn(
    "redis-server",
    ["--port", String(port), "--dir", dir, "--appendonly", "yes", "--appendfsync", "always", "--save", ""],
    {
      stdio: "ignore",
    },
  );
  if (!(await isUp(redis, port))) {
    rmSync(dir, { recursive: true, force: true });
    return null;
  }
  const connections = [0, 1].map(() => new Redis(port, "127.0.0.1", { maxRetriesPerRequest: null }));
  const [toQueue, toWorker] = connections;
  if (toQueue === undefined || toWorker === undefined) return null;
  const queue = new Queue("bench", { connection: toQueue });
  const peer: BullPeer = {
    onJob: () => undefined,
    onDone: () => undefined,
    add: async () => (await queue.add("job", { text: "hello" })).id ?? "",
    close: async () => {
      await worker.close(true);
      await queue.close();
      for (const connection of connections) connection.disconnect();
      redis.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  const worker = new Worker(
    "bench",
    async (job) => {
      peer.onJob(job.id ?? "");
      return { text: "hello" };
    },
    { connection: toWorker, concurrency },
  );
  worker.on("completed", (job) => peer.onDone(job.id ?? ""));
  await worker.waitUntilReady();
  return peer;
}

async function isUp(redis: ChildProcess, port: number): Promise<boolean> {
  const failed = new Promise<boolean>((resolve) => redis.once("error", () => resolve(false)));
  const answers = (async () => {
    const { connect } = await import("node:net");
    for (let tries = 0; tries < 200; tries++) {
      const isOpen = await new Promise<boolean>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => {
          socket.destroy();
          resolve(true);
        });
        socket.once("error", () => resolve(false));
      });
      if (isOpen) return true;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return false;
  })();
  return Promise.race([failed, answers]);
}
