import { env, runDurableObjectAlarm, SELF } from "cloudflare:test";
import { expect, vi } from "vitest";
import type { Capabilities } from "../../src/contract/runner/capabilities.ts";
import type { FromRunner, LeaseKey } from "../../src/contract/runner/from-runner.ts";
import { type ToRunner, toRunner } from "../../src/contract/runner/to-runner.ts";
import { adminToken } from "../http/a-registry.ts";

type Said<Type extends ToRunner["type"]> = Extract<ToRunner, { type: Type }>;

/** A runner with everything that most jobs ask for; a test states only what matters to it. */
export function capabilitiesOf(parts: Partial<Capabilities> = {}): Capabilities {
  return {
    runner_id: crypto.randomUUID(),
    name: "box",
    version: "0.1.0",
    pool: "default",
    labels: {},
    slots: 4,
    cpu_cores: 16,
    memory_mb: 64_000,
    disk_mb: 100_000,
    devices: [],
    memory_types: ["python", "numpy"],
    packages: [],
    models: [],
    handlers: [],
    sandbox: "bubblewrap",
    ...parts,
  };
}

/** One accelerator of a runner. */
export function aDevice(vramMb: number, index = 0) {
  return { index, name: `GPU ${vramMb}`, kind: "cuda" as const, vram_mb: vramMb, compute_capability: "8.6" };
}

/** A runner's end of the protocol: a real WebSocket to the registry. It keeps what it hears until a test asks for it. */
export class TestRunner {
  readonly capabilities: Capabilities;
  closed: { code: number; reason: string } | null = null;
  readonly #socket: WebSocket;
  readonly #heard: ToRunner[] = [];
  #waiting: (() => void)[] = [];

  private constructor(socket: WebSocket, capabilities: Capabilities) {
    this.capabilities = capabilities;
    this.#socket = socket;
    socket.addEventListener("message", (event) => {
      this.#heard.push(toRunner.parse(JSON.parse(String(event.data))));
      this.#wake();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
    socket.accept();
  }

  /** Opens a connection and says nothing. */
  static async open(capabilities: Capabilities): Promise<TestRunner> {
    const response = await SELF.fetch(`http://localhost/v1/runners/connect?pool=${capabilities.pool}`, {
      headers: {
        Upgrade: "websocket",
        Authorization: `Bearer ${adminToken}`,
        "Sec-WebSocket-Protocol": "callsheet.runner.v1",
      },
    });
    expect(response.status).toBe(101);
    expect(response.headers.get("sec-websocket-protocol")).toBe("callsheet.runner.v1");
    if (response.webSocket === null) throw new Error("no WebSocket came");
    return new TestRunner(response.webSocket, capabilities);
  }

  /** Opens a connection, says hello and hears the welcome. */
  static async connect(
    parts: Partial<Capabilities> = {},
    leases: LeaseKey[] = [],
  ): Promise<{ runner: TestRunner; welcome: Said<"welcome"> }> {
    const runner = await TestRunner.open(capabilitiesOf(parts));
    return { runner, welcome: await runner.hello(leases) };
  }

  async hello(leases: LeaseKey[] = [], warm: string[] = []): Promise<Said<"welcome">> {
    this.say({ type: "hello", protocol: 1, capabilities: this.capabilities, leases, warm });
    return this.hear("welcome");
  }

  say(message: FromRunner): void {
    this.sayText(JSON.stringify(message));
  }

  sayText(text: string | ArrayBuffer): void {
    this.#socket.send(text);
  }

  /** The next message of a type; others that come before it stay for later. */
  async hear<Type extends ToRunner["type"]>(type: Type): Promise<Said<Type>> {
    for (;;) {
      const at = this.#heard.findIndex((message) => message.type === type);
      const [found] = at < 0 ? [] : this.#heard.splice(at, 1);
      if (found !== undefined && isOf(type, found)) return found;
      if (this.closed !== null)
        throw new Error(`closed (${this.closed.code} ${this.closed.reason}) before ${type} came`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Whether a message of a type has come and was not asked for. */
  hasHeard(type: ToRunner["type"]): boolean {
    return this.#heard.some((message) => message.type === type);
  }

  /** A heartbeat and its answer: all that the pool did before is done, and all that it said has come. */
  async beat(leases: LeaseKey[] = [], parts: { warm?: string[]; vram?: Record<string, number> } = {}) {
    this.say({ type: "heartbeat", leases, warm: parts.warm ?? [], vram_used_by_others_mb: parts.vram ?? {} });
    return this.hear("heard");
  }

  async closing(): Promise<{ code: number; reason: string }> {
    while (this.closed === null) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.closed;
  }

  close(): void {
    this.#socket.close(1000, "done");
  }

  started(job: LeaseKey): void {
    this.say({ type: "started", ...keyOf(job) });
  }

  result(job: LeaseKey, outputs: Record<string, unknown>[] = [{ result: "done" }], runSeconds = 1): void {
    this.say({ type: "result", ...keyOf(job), outputs, outputs_digest: null, run_seconds: runSeconds });
  }

  failure(
    job: LeaseKey,
    parts: Partial<Pick<Extract<FromRunner, { type: "failure" }>, "class" | "code" | "message" | "detail">> = {},
  ): void {
    const what = { class: "unknown", code: "handler_error", message: "it broke", detail: null } as const;
    this.say({ type: "failure", ...keyOf(job), ...what, ...parts });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** The right to a job, as messages name it. */
export function keyOf({ run_id, fence }: LeaseKey): LeaseKey {
  return { run_id, fence };
}

function isOf<Type extends ToRunner["type"]>(type: Type, message: ToRunner): message is Said<Type> {
  return message.type === type;
}

/** The Durable Object of a pool. */
export function poolStub(pool: string) {
  return env.RUNNER_POOL.get(env.RUNNER_POOL.idFromName(pool));
}

/** Waits until D1 says so of a run. */
export async function untilRun(runId: string, wanted: Record<string, unknown>): Promise<Record<string, unknown>> {
  return vi.waitFor(
    async () => {
      const row = await env.DB.prepare("SELECT * FROM run WHERE id = ?").bind(runId).first();
      expect(row).toMatchObject(wanted);
      return row ?? {};
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** Lets time pass, and the pool's alarm ring. Give the clock back by `vi.useRealTimers()`. */
export async function passTime(pool: string, seconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  await runDurableObjectAlarm(poolStub(pool));
}
