import { type EdgeCall, edgeCall } from "../../src/contract/function/edge-call.ts";
import { AloneQueue } from "./alone-queue.ts";
import { type EdgeProcess, startEdgeProcess } from "./edge-process.ts";
import { type PostedCall, postCall } from "./post-call.ts";
import { type EdgeWatch, watchEdgeProcess } from "./watch-edge-process.ts";

/** The sandbox on one machine: the same Worker as in production, in processes of its own. */
export interface LocalSandbox {
  /** What the sandbox Worker's `fetch` does. */
  answer(body: string): Promise<PostedCall>;
  stop(): Promise<void>;
}

/** Memory of the process that all calls share, beyond what it has idle; then they go on alone. */
const mostMb = 256;
/** An idle process that has grown by this is replaced. */
const mostIdleMb = 128;
/** For how long calls of code that ended a process go alone from the start. */
const culpritMs = 60_000;

interface SharedProcess {
  process: EdgeProcess;
  watch: EdgeWatch;
  idleMb: number | null;
}

/**
 * Production limits what one isolate may use; workerd does not: there an endless loop or too much memory ends all isolates of the process. So
 * functions have a process of their own here, which is watched. When it ends, the calls that it had are made again, each alone in a fresh
 * process: whose process ends again, that call was it, and the others are answered as if nothing had been. Functions have no effects, so making a
 * call twice is the same as once.
 */
export function openLocalSandbox(folder: string, isolation = "call"): LocalSandbox {
  const alone = new AloneQueue(() => startEdgeProcess(folder, isolation));
  const culprits = new Map<string, number>();
  let shared: Promise<SharedProcess> | null = null;
  let isStopped = false;

  const sharedProcess = (): Promise<SharedProcess> => {
    shared ??= startShared();
    return shared;
  };

  const startShared = async (): Promise<SharedProcess> => {
    try {
      const process = await startEdgeProcess(folder, isolation);
      const starting = shared;
      void process.ended.then(() => {
        if (shared === starting) shared = null;
      });
      return { process, watch: watchEdgeProcess(process, mostMb), idleMb: process.memoryMb() };
    } catch (error) {
      shared = null;
      throw error;
    }
  };

  /** Null when the process ended under the call. */
  const callShared = async (call: EdgeCall, body: string): Promise<PostedCall | null> => {
    const { process, watch, idleMb } = await sharedProcess();
    const end = watch.begin(call);
    try {
      return await postCall(process, body);
    } catch {
      return null;
    } finally {
      end();
      if (watch.count() === 0 && hasGrown(process, idleMb)) {
        shared = null;
        process.kill("crashed");
      }
    }
  };

  const callAlone = async (call: EdgeCall, body: string, isSuspect: boolean): Promise<PostedCall> => {
    const { answer, death } = await alone.call(call, body, isSuspect);
    if (death !== null) culprits.set(keyOf(call), performance.now() + culpritMs);
    return answer;
  };

  return {
    answer: async (body) => {
      if (isStopped) return { status: 503, body: "the sandbox is stopped" };
      const call = edgeCall.safeParse(jsonOf(body));
      if (!call.success) return { status: 400, body: call.error.message };
      const isSuspect = (culprits.get(keyOf(call.data)) ?? 0) > performance.now();
      if (!isSuspect) {
        const answer = await callShared(call.data, body);
        if (answer !== null) return answer;
      }
      if (alone.isFull()) return { status: 503, body: "too many calls wait for a process of their own" };
      return callAlone(call.data, body, isSuspect);
    },
    stop: async () => {
      isStopped = true;
      const last = await shared?.catch(() => null);
      last?.process.kill("crashed");
      await Promise.all([last?.process.ended, alone.stop()]);
    },
  };
}

function keyOf({ digest, entry }: EdgeCall): string {
  return `${digest} ${entry}`;
}

function hasGrown(process: EdgeProcess, idleMb: number | null): boolean {
  const memoryMb = process.memoryMb();
  return memoryMb !== null && idleMb !== null && memoryMb > idleMb + mostIdleMb;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
