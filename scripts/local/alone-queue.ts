import type { EdgeCall, EdgeOutcome } from "../../src/contract/function/edge-call.ts";
import type { EdgeProcess, ProcessDeath } from "./edge-process.ts";
import { type PostedCall, postCall } from "./post-call.ts";
import { watchEdgeProcess } from "./watch-edge-process.ts";

/** Memory that a call may take: what an isolate has in production. */
const mostMb = 128;
const mostAtOnce = 2;
const mostWaiting = 64;

interface Waiting {
  call: EdgeCall;
  body: string;
  resolve: (done: DoneAlone) => void;
  reject: (reason: unknown) => void;
}

/** The answer to a call, and how its process ended, if it did. */
export interface DoneAlone {
  answer: PostedCall;
  death: ProcessDeath | null;
}

/**
 * Makes calls alone, one at a time in a process: a process that ends was ended by its call. One that answers after a call as before is used for
 * the next. Few at once; calls of code that has ended one before wait until the others are done.
 */
export class AloneQueue {
  readonly #start: () => Promise<EdgeProcess>;
  readonly #innocent: Waiting[] = [];
  readonly #suspect: Waiting[] = [];
  readonly #processes = new Set<EdgeProcess>();
  #runs = 0;
  #isStopped = false;

  constructor(start: () => Promise<EdgeProcess>) {
    this.#start = start;
  }

  isFull(): boolean {
    return this.#innocent.length + this.#suspect.length >= mostWaiting;
  }

  /** Throws when no process can be started. */
  call(call: EdgeCall, body: string, isSuspect: boolean): Promise<DoneAlone> {
    return new Promise((resolve, reject) => {
      (isSuspect ? this.#suspect : this.#innocent).push({ call, body, resolve, reject });
      if (this.#runs < mostAtOnce) void this.#run();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const { reject } of [...this.#innocent, ...this.#suspect]) reject(new Error("the sandbox is stopped"));
    for (const process of this.#processes) process.kill("crashed");
    await Promise.all([...this.#processes].map((process) => process.ended));
  }

  /** Makes calls until none waits. */
  async #run(): Promise<void> {
    this.#runs += 1;
    let process: EdgeProcess | null = null;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        process ??= await this.#begin();
        const done = await callAlone(process, next.call, next.body);
        next.resolve(done);
        if (done.death !== null) process = null;
      } catch (error) {
        next.reject(error);
      }
    }
    process?.kill("crashed");
    this.#runs -= 1;
  }

  #next(): Waiting | undefined {
    return this.#isStopped ? undefined : (this.#innocent.shift() ?? this.#suspect.shift());
  }

  async #begin(): Promise<EdgeProcess> {
    const process = await this.#start();
    this.#processes.add(process);
    void process.ended.then(() => this.#processes.delete(process));
    if (this.#isStopped) process.kill("crashed");
    return process;
  }
}

async function callAlone(process: EdgeProcess, call: EdgeCall, body: string): Promise<DoneAlone> {
  const end = watchEdgeProcess(process, mostMb).begin(call);
  const startedAt = performance.now();
  let answer: PostedCall | null = null;
  try {
    answer = await postCall(process, body);
    // What it left behind may still hold the process up.
    await (await fetch(`${process.url}/healthz`)).arrayBuffer();
    return { answer, death: null };
  } catch {
    const death = await process.ended;
    const wallMs = Math.round(performance.now() - startedAt);
    const outcome = outcomeOf(death, call, wallMs);
    return { answer: answer ?? { status: 200, body: JSON.stringify(outcome) }, death };
  } finally {
    end();
  }
}

function outcomeOf(death: ProcessDeath, { cpu_ms: cpuMs, wall_ms: limitMs }: EdgeCall, wallMs: number): EdgeOutcome {
  const messages = {
    cpu_limit: `it used more than ${cpuMs} ms of CPU time`,
    wall_timeout: `it had not returned after ${limitMs} ms`,
    out_of_memory: `it used more than ${mostMb} MB of memory`,
    crashed: "its process ended, and does not tell why",
  } as const satisfies Record<ProcessDeath, string>;
  return { state: "failed", code: death, message: messages[death], stack: null, log: [], wall_ms: wallMs };
}
