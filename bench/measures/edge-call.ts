import { createHash } from "node:crypto";
import type { EdgeCall } from "../../src/contract/function/edge-call.ts";
import { limits } from "../../src/contract/limits.ts";
import type { EdgeStage } from "../edge/open-edge-stage.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

const source = `/** Counts the letters of a text. */
export function count_letters({ text }: { text: string }): { length: number } {
  return { length: text.length };
}
`;
const code = "export function count_letters({ text }) {\n  return { length: text.length };\n}\n";
const inputs = { text: "hello" };

/** So that an isolate that is made ready for the next call is: what is measured is an answer, not how many a second there can be. */
const pauseMs = 40;

interface Side {
  name: string;
  isolation: string;
  ms: number[];
  once(): Promise<Response>;
}

/** One function call at a time, each side in its turn: a bare Worker, the sandbox alone, the whole route. */
export async function edgeCall(stage: EdgeStage, plan: Plan): Promise<Table> {
  await publishFunction(stage);
  const sides = sidesOf(stage);
  for (let at = 0; at < 20; at++) for (const side of sides) await timed(side);
  for (const side of sides) side.ms.length = 0;
  for (let at = 0; at < plan.edgeCalls; at++) for (const side of sides) await timed(side);
  const floor = percentile(sides[0]?.ms ?? [], 0.5);
  return {
    title: "A JavaScript function at the edge: one call, by HTTP on one machine",
    rows: sides.map(({ name, isolation, ms }) => ({
      side: name,
      isolation,
      "p50 ms": percentile(ms, 0.5),
      "p90 ms": percentile(ms, 0.9),
      "p99 ms": percentile(ms, 0.99),
      "over the floor, ms": percentile(ms, 0.5) - floor,
    })),
    notes: [
      `one request at a time, ${pauseMs} ms apart; the sides take turns`,
      "the whole route ends with run, inputs, outputs and provenance in D1; its sandbox is another process, behind the one that starts all",
    ],
  };
}

async function timed(side: Side): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  const startedAt = performance.now();
  const response = await side.once();
  const text = await response.text();
  side.ms.push(performance.now() - startedAt);
  if (!response.ok || text.includes('"failed"')) throw new Error(`${side.name} answered ${response.status}: ${text}`);
}

function sidesOf({ floor, registry, adminToken, sandboxes }: EdgeStage): Side[] {
  let functions = 0;
  const post = (url: string, body: string) => fetch(url, { method: "POST", body });
  const { call, caller } = sandboxes;
  const same = JSON.stringify(aCall(code));
  return [
    { name: "bare Worker", isolation: "none", ms: [], once: () => post(floor, same) },
    { name: "sandbox", isolation: "a call's own", ms: [], once: () => post(`${call.url}/call`, same) },
    {
      name: "sandbox, the first call of a function",
      isolation: "a call's own",
      ms: [],
      once: () => post(`${call.url}/call`, JSON.stringify(aCall(`${code}// ${functions++}`))),
    },
    { name: "sandbox", isolation: "a caller's own", ms: [], once: () => post(`${caller.url}/call`, same) },
    {
      name: "POST /v1/functions/…/runs",
      isolation: "a call's own",
      ms: [],
      once: () =>
        fetch(`${registry}/v1/functions/javascript.count_letters/runs`, {
          method: "POST",
          headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
          body: JSON.stringify({ inputs }),
        }),
    },
  ];
}

function aCall(text: string): EdgeCall {
  return {
    digest: `sha256:${createHash("sha256").update(text).digest("hex")}`,
    code: text,
    entry: "count_letters",
    inputs,
    caller: "bench",
    cpu_ms: limits.edgeCpuMs,
    wall_ms: limits.edgeWallMs,
    output_bytes: limits.edgeOutputBytes,
  };
}

async function publishFunction({ registry, adminToken }: EdgeStage): Promise<void> {
  const response = await fetch(`${registry}/v1/functions`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/typescript" },
    body: source,
  });
  if (!response.ok) throw new Error(`the bench function is refused: ${await response.text()}`);
  await response.text();
}
