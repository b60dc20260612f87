import { DurableObject } from "cloudflare:workers";
import { v7 } from "uuid";
import type { RunnerPoolCalls, RunStanding } from "../bindings/durable/runner-pool.ts";
import { PoolSockets } from "../bindings/pool/pool-sockets.ts";
import { PoolTables } from "../bindings/pool/pool-tables.ts";
import type { RunEvent } from "../contract/run/run-event.ts";
import type { Job } from "../contract/runner/job.ts";
import type { Pool, Runner } from "../contract/runner/runner.ts";
import { doWhatIsDue, whenDue } from "../operations/pool/do-what-is-due.ts";
import { dropRun } from "../operations/pool/drop-run.ts";
import { explainRun } from "../operations/pool/explain-run.ts";
import { type OpenPool, openPool } from "../operations/pool/open-pool.ts";
import { changeRunner } from "../operations/pool/runner/change-runner.ts";
import { describePool, describeRunner, describeRunners } from "../operations/pool/runner/describe-runner.ts";
import { hearRunner } from "../operations/pool/runner/hear-runner.ts";
import { loseConnection } from "../operations/pool/runner/lose-runner.ts";
import { type OfferAnswer, takeOffer } from "../operations/pool/take-offer.ts";
import { addListener, awaitEnd, listEvents } from "../operations/pool/telling/follow-run.ts";
import { flushMetrics } from "./flush-metrics.ts";
import { PoolAlarm } from "./pool-alarm.ts";
import { settingsOf } from "./settings.ts";
import { signerOf } from "./signer.ts";
import { workflowInstancesOf } from "./workflow-instances.ts";

/** What a runner's connection speaks. */
const subprotocol = "callsheet.runner.v1";

/**
 * One pool: waiting jobs, connected runners, leases. Its truth is on its disk (bindings/pool/create-tables.ts); what it has in memory is
 * read from there whenever it wakes.
 */
export class RunnerPool extends DurableObject<Env> implements RunnerPoolCalls {
  readonly #sockets: PoolSockets;
  readonly #alarm: PoolAlarm;
  readonly #pool: OpenPool;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const settings = settingsOf(env);
    this.#sockets = new PoolSockets(ctx);
    this.#alarm = new PoolAlarm(ctx.storage);
    this.#pool = openPool({
      tables: new PoolTables(ctx.storage.sql),
      sockets: this.#sockets,
      db: env.DB,
      blobs: env.BLOBS,
      workflows: workflowInstancesOf(env),
      signer: signerOf(env),
      leaseMs: settings.POOL_LEASE_SECONDS * 1000,
      heartbeatMs: settings.POOL_HEARTBEAT_SECONDS * 1000,
      approval: settings.RUNNER_APPROVAL,
      nowMs: () => Date.now(),
      random: Math.random,
      newId: () => v7(),
      later: (work) => ctx.waitUntil(work),
      wakeAt: (ms) => this.#alarm.wakeAt(ms),
    });
    const nextMs = whenDue(this.#pool);
    if (nextMs !== null) this.#alarm.wakeAt(nextMs);
  }

  async offer(job: Job, isFresh = false): Promise<OfferAnswer> {
    this.#learnName(job.pool);
    return takeOffer(this.#pool, job, isFresh);
  }

  async drop(runId: string, reason: string): Promise<void> {
    await this.#pool.turns.take(() => dropRun(this.#pool, runId, reason));
  }

  async standing(runId: string): Promise<RunStanding | null> {
    return explainRun(this.#pool, runId);
  }

  async holds(runIds: string[]): Promise<string[]> {
    return runIds.filter((runId) => this.#pool.waiting.has(runId) || this.#pool.leased.has(runId));
  }

  awaitEnd(runId: string, timeoutMs: number): Promise<boolean> {
    return awaitEnd(this.#pool, runId, timeoutMs);
  }

  async events(runId: string, after: number, limit: number): Promise<{ events: RunEvent[]; ended: boolean } | null> {
    return listEvents(this.#pool, runId, after, limit);
  }

  async pool(): Promise<Pool> {
    return describePool(this.#pool, this.#pool.tables.name() ?? this.ctx.id.name ?? "");
  }

  async runners(): Promise<Runner[]> {
    return describeRunners(this.#pool);
  }

  async setRunner(runnerId: string, change: "approve" | "drain" | "resume" | "remove"): Promise<Runner | null> {
    const changed = await this.#pool.turns.take(() => changeRunner(this.#pool, runnerId, change));
    return changed === null ? null : describeRunner(changed);
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const listened = /^\/runs\/([^/]+)\/events$/.exec(pathname)?.[1];
    if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") return new Response(null, { status: 426 });
    if (pathname !== "/connect" && listened === undefined) return new Response(null, { status: 404 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    if (listened !== undefined) {
      addListener(this.#pool, ours, listened, Number(searchParams.get("after") ?? 0));
      return new Response(null, { status: 101, webSocket: theirs });
    }
    this.#learnName(searchParams.get("pool"));
    this.#sockets.acceptRunner(ours, this.#pool.nowMs());
    this.#alarm.wakeAt(this.#pool.nowMs() + this.#pool.leaseMs);
    const headers = { "Sec-WebSocket-Protocol": subprotocol };
    return new Response(null, { status: 101, webSocket: theirs, headers });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    try {
      await this.#pool.turns.take(() => {
        const link = this.#sockets.linkOf(socket);
        // What listeners say is of no interest.
        if (link?.role === "runner") hearRunner(this.#pool, socket, link, message);
      });
    } catch (error) {
      // A bug of ours: the runner keeps its connection, and with it its other jobs.
      console.error(JSON.stringify({ level: "error", runner_message: String(error) }));
      this.#sockets.send(socket, { type: "error", code: "INTERNAL", message: "the registry failed on this message" });
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    await this.#pool.turns.take(() => loseConnection(this.#pool, socket));
    // 1005 and 1006 only say that there was no code; nobody may send them.
    this.#sockets.close(socket, code === 1005 || code === 1006 ? 1000 : code, "");
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.#pool.turns.take(() => loseConnection(this.#pool, socket));
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    await doWhatIsDue(this.#pool);
    flushMetrics(this.env);
  }

  /** Names of Durable Objects are not told to their alarms, so it is kept. */
  #learnName(name: string | null): void {
    if (name !== null && this.#pool.tables.name() === null) this.#pool.tables.saveName(name);
  }
}
