// Many listeners in a process of their own: `node listener-crowd.ts URL stream|socket COUNT CHANGES AFTER`. Says `ready` when all listen, and at the end,
// or when it is told to end by its stdin, one line of JSON: how often each order of changes was heard.
import { createHash } from "node:crypto";
import { get } from "node:http";
import { WebSocket } from "undici";

const [url = "", kind = "stream", count = "1", changes = "1", after = "0"] = process.argv.slice(2);
const mostChanges = Number(changes);

interface Crowd {
  /** What each listener heard. */
  heard: number[][];
  resumed: number;
  delaysMs: number[];
}

const crowd: Crowd = { heard: [], resumed: 0, delaysMs: [] };
let listening = 0;
let whole = 0;

function note(seqs: number[], seq: number, at: string): void {
  seqs.push(seq);
  if (crowd.delaysMs.length < 1_000_000 && seqs.length % 10 === 0) crowd.delaysMs.push(Date.now() - Date.parse(at));
  if (seqs.length === mostChanges) {
    whole += 1;
    if (whole === Number(count)) setTimeout(tell, 2000);
  }
}

function noteListening(): void {
  listening += 1;
  if (listening === Number(count)) console.log("ready");
}

/** Messages are read by their spelling: parsing them all would make the crowd slower than the hub. */
const changesIn = /\{"seq":(\d+),.*?"at":"([^"]+)"/g;

function listenOnSocket(seqs: number[], from: string, isNew: boolean): void {
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/events?after=${from}`);
  let isFirst = isNew;
  socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    if (isFirst) noteListening();
    isFirst = false;
    if (text.startsWith('{"message":"changes"'))
      for (const [, seq, at = ""] of text.matchAll(changesIn)) note(seqs, Number(seq), at);
    const check = /^\{"message":"check","seq":(\d+)\}$/.exec(text)?.[1];
    if (check !== undefined) socket.send(JSON.stringify({ message: "seen", seq: Number(check) }));
  });
  socket.addEventListener("close", () => comeBack(seqs, (last) => listenOnSocket(seqs, last, isFirst)));
  socket.addEventListener("error", () => undefined);
}

function listenOnStream(seqs: number[], from: string, isNew: boolean): void {
  let isFirst = isNew;
  const headers = { accept: "text/event-stream", "last-event-id": from };
  const again = () => comeBack(seqs, (last) => listenOnStream(seqs, last, isFirst));
  const request = get(`${url}/v1/events`, { agent: false, headers }, (response) => {
    let rest = "";
    response.setEncoding("utf8");
    response.on("data", (piece: string) => {
      if (isFirst) noteListening();
      isFirst = false;
      const frames = (rest + piece).split("\n\n");
      rest = frames.pop() ?? "";
      for (const frame of frames) {
        if (!frame.includes("\ndata: ")) continue;
        const seq = /^id: (\d+)/.exec(frame)?.[1];
        if (seq !== undefined) note(seqs, Number(seq), /"at":"([^"]+)"/.exec(frame)?.[1] ?? "");
      }
    });
    response.on("close", again);
  });
  request.on("error", again);
}

let isOver = false;

function comeBack(seqs: number[], listen: (last: string) => void): void {
  if (isOver) return;
  crowd.resumed += 1;
  setTimeout(() => listen(String(seqs.at(-1) ?? after)), 250);
}

function tell(): void {
  if (isOver) return;
  isOver = true;
  const orders: Record<string, number> = {};
  for (const seqs of crowd.heard) {
    const digest = createHash("sha256").update(seqs.join()).digest("hex");
    orders[digest] = (orders[digest] ?? 0) + 1;
  }
  const sorted = crowd.delaysMs.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  const { user, system } = process.cpuUsage();
  const told = {
    ...{ orders, resumed: crowd.resumed, lengths: crowd.heard.map(({ length }) => length) },
    ...{ p50Ms: at(0.5), p99Ms: at(0.99), rssMb: process.memoryUsage().rss / 1e6, cpuSeconds: (user + system) / 1e6 },
  };
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit(0));
}

for (let at = 0; at < Number(count); at++) {
  const seqs: number[] = [];
  crowd.heard.push(seqs);
  // Not all in one instant: a machine's queue of new connections is short.
  setTimeout(() => (kind === "socket" ? listenOnSocket : listenOnStream)(seqs, after, true), at * 4);
}
process.stdin.resume().once("close", tell);
