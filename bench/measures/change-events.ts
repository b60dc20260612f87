import { request } from "node:http";
import { WebSocket } from "undici";
import type { DispatchStage } from "../dispatch/open-dispatch-stage.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import { seedDocument } from "../stage/fill-stage.ts";

/** From sending a publish to its change arriving at those who listen, one at a time, in turns with a bare Durable Object that broadcasts. */
export async function changeEvents(stage: DispatchStage, plan: Plan): Promise<Table> {
  const socket = await listenOnSocket(`${stage.registry.replace("http", "ws")}/v1/events`);
  const stream = await listenOnStream(`${stage.registry}/v1/events`);
  const bare = await listenOnSocket(stage.echo.replace("http", "ws"));
  const ms = { answered: [] as number[], socket: [] as number[], stream: [] as number[], bare: [] as number[] };
  for (let at = -10; at < plan.changes; at++) {
    const version = `1.0.${at + 10}`;
    const startedAt = performance.now();
    const seen = [socket, stream].map((listener) => listener.sees(`"${version}"`).then((atMs) => atMs - startedAt));
    await publish(stage, version);
    const answered = performance.now() - startedAt;
    const [onSocket = Number.NaN, onStream = Number.NaN] = await Promise.all(seen);
    const echoedAt = performance.now();
    const echoed = bare.sees(version).then((atMs) => atMs - echoedAt);
    await (await fetch(stage.echo, { method: "POST", body: `{"version":"${version}"}` })).text();
    const onBare = await echoed;
    if (at < 0) continue;
    ms.answered.push(answered);
    ms.socket.push(onSocket);
    ms.stream.push(onStream);
    ms.bare.push(onBare);
  }
  for (const listener of [socket, stream, bare]) listener.close();
  const row = (what: string, values: number[], after: number[] | null) => ({
    what,
    "p50 ms": percentile(values, 0.5),
    "p90 ms": percentile(values, 0.9),
    "p99 ms": percentile(values, 0.99),
    "after the answer, p50 ms": after === null ? "" : percentile(after, 0.5),
    "of floor": percentile(values, 0.5) / percentile(ms.bare, 0.5),
  });
  const afterAnswer = (values: number[]) => values.map((value, at) => value - (ms.answered[at] ?? Number.NaN));
  return {
    title: "Live events: publish → seen by a listener",
    rows: [
      row("seen over WebSocket", ms.socket, afterAnswer(ms.socket)),
      row("seen as server-sent events", ms.stream, afterAnswer(ms.stream)),
      row("the publish answered", ms.answered, null),
      row("bare Worker + Durable Object broadcast", ms.bare, null),
    ],
    notes: [
      "from the client sending the request to the message arriving at the listener, in one process",
      "the hub hears of a change after its commit and reads what it was from D1; the bare one keeps nothing and reads nothing",
    ],
  };
}

interface BenchListener {
  /** When a message with this text arrived. */
  sees(text: string): Promise<number>;
  close(): void;
}

/** Hands each arriving text to whoever waits for it. */
class Arrivals {
  #wanted: { text: string; tell: (atMs: number) => void } | null = null;

  readonly take = (text: string): void => {
    if (this.#wanted === null || !text.includes(this.#wanted.text)) return;
    this.#wanted.tell(performance.now());
    this.#wanted = null;
  };

  sees(text: string): Promise<number> {
    return new Promise((tell) => {
      this.#wanted = { text, tell };
    });
  }
}

async function listenOnSocket(url: string): Promise<BenchListener> {
  const arrivals = new Arrivals();
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  socket.addEventListener("message", ({ data }) => arrivals.take(String(data)));
  return { sees: (text) => arrivals.sees(text), close: () => socket.close() };
}

async function listenOnStream(url: string): Promise<BenchListener> {
  const arrivals = new Arrivals();
  const asking = request(url, { headers: { accept: "text/event-stream" }, agent: false });
  await new Promise<void>((resolve, reject) => {
    asking.on("response", (response) => {
      response
        .setEncoding("utf8")
        .on("data", arrivals.take)
        .on("error", () => undefined);
      resolve();
    });
    asking.on("error", reject);
    asking.end();
  });
  return { sees: (text) => arrivals.sees(text), close: () => void asking.destroy() };
}

async function publish(stage: DispatchStage, version: string): Promise<void> {
  const response = await fetch(`${stage.registry}/v1/templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${stage.adminToken}`, "content-type": "application/yaml" },
    body: seedDocument.replace(/^( *id:).*$/m, "$1 events_bench").replace(/^( *version:).*$/m, `$1 "${version}"`),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`a publish was answered ${response.status}: ${text}`);
}
