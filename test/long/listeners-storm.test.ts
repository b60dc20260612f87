import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { changeEventPage } from "../../src/contract/announcement/change-event.ts";
import { templateSource } from "../journeys/cli-registry.ts";
import { frozenBundle } from "../journeys/support/frozen-bundle.ts";
import { listProcesses } from "../journeys/support/list-processes.ts";
import { spawnRegistry } from "../journeys/support/spawn-registry.ts";

const listeners = { processes: 4, each: 500 };
const changes = 1000;
const publishers = 16;

const bundle = frozenBundle();
const program = fileURLToPath(new URL("support/listener-crowd.ts", import.meta.url));
const told = z.object({
  orders: z.record(z.string(), z.number()),
  lengths: z.array(z.number()),
  resumed: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  rssMb: z.number(),
  cpuSeconds: z.number(),
});

test("two thousand listeners of one hub each hear a thousand publishes once, in order", async () => {
  const registry = await spawnRegistry(bundle.stateDir("storm"), bundle.scriptPath);
  onTestFinished(() => registry.kill());
  const idle = measureRegistry();
  const crowds = Array.from({ length: listeners.processes }, (_, at) =>
    startCrowd(registry.url, at % 2 === 0 ? "stream" : "socket"),
  );
  await Promise.all(crowds.map(({ ready }) => ready));
  const before = measureRegistry();
  const startedAt = performance.now();
  await publishAll(registry.url, registry.adminToken);
  const publishedSeconds = (performance.now() - startedAt) / 1000;
  const seqs = await listSeqs(registry.url);
  expect(seqs).toHaveLength(changes);
  const late = setTimeout(() => endAll(crowds), 120_000);
  const heard = await Promise.all(crowds.map(({ outcome }) => outcome));
  clearTimeout(late);
  const after = measureRegistry();
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    [
      `${listeners.processes * listeners.each} listeners, half by SSE, half by WebSocket; ${changes} versions published in ${publishedSeconds.toFixed(1)} s, ${publishers} at a time; all heard after ${seconds.toFixed(1)} s`,
      `commit → heard: ${heard.map(({ p50Ms, p99Ms }, at) => `${at % 2 === 0 ? "SSE" : "WebSocket"} p50 ${p50Ms} ms, p99 ${p99Ms} ms`).join("; ")}; came back ${heard.map(({ resumed }) => resumed).join(", ")} times`,
      `registry: ${idle.rssMb.toFixed(0)} MB before, ${before.rssMb.toFixed(0)} MB with listeners, ${after.rssMb.toFixed(0)} MB after; ${(after.cpuSeconds - before.cpuSeconds).toFixed(1)} s of CPU, ${(((after.cpuSeconds - before.cpuSeconds) * 1e6) / (changes * listeners.processes * listeners.each)).toFixed(1)} µs for each change of each listener`,
      `listeners: ${heard.map(({ rssMb, cpuSeconds }) => `${rssMb.toFixed(0)} MB, ${cpuSeconds.toFixed(1)} s of CPU`).join("; ")}`,
    ].join("\n"),
  );
  const order = createHash("sha256").update(seqs.join()).digest("hex");
  for (const { orders, lengths } of heard) {
    expect(lengths.filter((length) => length !== changes)).toEqual([]);
    expect(orders).toEqual({ [order]: listeners.each });
  }
}, 400_000);

function startCrowd(url: string, kind: "stream" | "socket") {
  const args = [program, url, kind, String(listeners.each), String(changes), "0"];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      if (text.startsWith("ready\n")) resolve();
    });
    child.once("close", () => reject(new Error(`a crowd ended before it was there: ${text}`)));
  });
  const outcome = new Promise<z.infer<typeof told>>((resolve, reject) => {
    child.once("close", () => {
      const parsed = told.safeParse(JSON.parse(text.slice("ready\n".length) || "null"));
      if (parsed.success) resolve(parsed.data);
      else reject(new Error(`a crowd ended without a word: ${text.slice(0, 500)}`));
    });
  });
  return { ready, outcome, end: () => child.stdin.end() };
}

function endAll(crowds: readonly { end: () => void }[]): void {
  for (const { end } of crowds) end();
}

/** Each publisher its own names, so that they do not wait for each other. */
async function publishAll(url: string, token: string): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: publishers }, async (_, publisher) => {
      for (let at = next++; at < changes; at = next++) {
        const response = await fetch(`${url}/v1/templates`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/yaml" },
          body: templateSource(`storm_${publisher}`, `1.0.${at}`),
        });
        if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
        await response.text();
      }
    }),
  );
}

async function listSeqs(url: string): Promise<number[]> {
  const seqs: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = changeEventPage.parse(await (await fetch(`${url}/v1/events?limit=200&after=${after}`)).json());
    seqs.push(...page.items.map(({ seq }) => seq));
    after = page.next_after;
  }
  return seqs;
}

/** Memory and CPU time of all processes of the registry: its group is the only one that this process leads nobody of its own in. */
function measureRegistry(): { rssMb: number; cpuSeconds: number } {
  const all = listProcesses();
  const group = all.find(({ parent, pid, group }) => parent === process.pid && group === pid)?.group;
  const measured = all
    .filter((one) => one.group === group)
    .map(({ pid }) => {
      const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return { rssMb: (pages * 4096) / 1e6, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100 };
    });
  return {
    rssMb: measured.reduce((sum, { rssMb }) => sum + rssMb, 0),
    cpuSeconds: measured.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}
