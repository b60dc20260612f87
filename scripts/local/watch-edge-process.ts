import type { EdgeCall } from "../../src/contract/function/edge-call.ts";
import type { EdgeProcess } from "./edge-process.ts";

/** How often the process is looked at while it has calls. */
const lookMs = 20;
/** Beyond the CPU time of a call. */
const graceMs = 250;
/** Beyond the wall time of a call, which the sandbox itself ends: by then it should have. */
const wallGraceMs = 5000;

/** Looks after a process while it does calls, and kills it when one of them holds it up or takes too much memory. */
export interface EdgeWatch {
  /** A call begins; answers how to say that it is over. */
  begin(call: Pick<EdgeCall, "cpu_ms" | "wall_ms">): () => void;
  /** Calls under way. */
  count(): number;
}

/**
 * workerd has one thread for all its isolates. So a process that does not answer `/healthz`, while it uses as much CPU time as a call may, is
 * held up by one of its calls. `mostMb`: memory that it may take beyond what it had when this began.
 */
export function watchEdgeProcess(process: EdgeProcess, mostMb: number): EdgeWatch {
  const calls = new Map<symbol, { cpuMs: number; untilMs: number }>();
  const idleMb = process.memoryMb();
  let timer: NodeJS.Timeout | null = null;
  let asked: { atMs: number; cpuMs: number | null } | null = null;

  const ask = async () => {
    asked = { atMs: performance.now(), cpuMs: process.cpuMs() };
    try {
      await (await fetch(`${process.url}/healthz`)).arrayBuffer();
    } catch {
      // Its end is told by the process itself.
    }
    asked = null;
  };

  const look = () => {
    const memoryMb = process.memoryMb();
    if (memoryMb !== null && idleMb !== null && memoryMb > idleMb + mostMb) return process.kill("out_of_memory");
    const nowMs = performance.now();
    if ([...calls.values()].some(({ untilMs }) => nowMs > untilMs)) return process.kill("wall_timeout");
    if (asked === null) return void ask();
    const mostCpuMs = Math.max(...[...calls.values()].map(({ cpuMs }) => cpuMs)) + graceMs;
    const silentMs = nowMs - asked.atMs;
    const cpuMs = process.cpuMs();
    const usedMs = cpuMs === null || asked.cpuMs === null ? silentMs : cpuMs - asked.cpuMs;
    if (Math.min(silentMs, usedMs) > mostCpuMs) process.kill("cpu_limit");
  };

  return {
    begin: ({ cpu_ms: cpuMs, wall_ms: wallMs }) => {
      const call = Symbol();
      calls.set(call, { cpuMs, untilMs: performance.now() + wallMs + wallGraceMs });
      timer ??= setInterval(look, lookMs);
      return () => {
        calls.delete(call);
        if (calls.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    count: () => calls.size,
  };
}
