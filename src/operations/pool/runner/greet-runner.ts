import { recordPool } from "../../../bindings/d1/run/pools.ts";
import { closeCodes } from "../../../bindings/durable/listener-sockets.ts";
import type { RunnerLink } from "../../../bindings/pool/pool-sockets.ts";
import type { Hello, LeaseKey } from "../../../contract/runner/from-runner.ts";
import { isoTime } from "../iso-time.ts";
import { loseLease } from "../lease/lose-lease.ts";
import type { OpenPool } from "../open-pool.ts";
import { type PoolRunner, rowOfRunner, runnerOfRow, settleRoom } from "./pool-runner.ts";

/** Runners that are connected to one pool: each message and each match costs the one Durable Object that they share. */
const mostConnected = 1000;

/** A runner said hello: what it can do, and which leases it still works on. */
export function greetRunner(pool: OpenPool, socket: WebSocket, link: RunnerLink, hello: Hello): void {
  const refused = whyRefused(pool, hello, link);
  if (refused !== null) {
    pool.sockets.send(socket, { type: "error", ...refused });
    pool.sockets.close(socket, closeCodes.policy, refused.message);
    return;
  }
  const runner = welcomed(pool, socket, link, hello);
  const named = new Set(hello.leases.map(({ run_id: runId, fence }) => `${runId} ${fence}`));
  const kept: LeaseKey[] = [];
  for (const [runId, leased] of runner.leases) {
    if (named.has(`${runId} ${leased.fence}`)) kept.push({ run_id: runId, fence: leased.fence });
    // One whose result has come is not needed again, whether the runner remembers it or not.
    else if (leased.ending === null) loseLease(pool, leased, "runner_lost", "the runner came back without this job");
  }
  settleRoom(runner);
  pool.sockets.send(socket, {
    type: "welcome",
    approved: runner.isApproved,
    lease_seconds: pool.leaseMs / 1000,
    heartbeat_seconds: pool.heartbeatMs / 1000,
    leases: kept,
  });
  if (runner.isDrained) pool.sockets.send(socket, { type: "drain", on: true });
  pool.wakeAt(runner.heardAtMs + pool.leaseMs);
  pool.turns.matchSoon();
}

function whyRefused(pool: OpenPool, hello: Hello, link: RunnerLink): { code: string; message: string } | null {
  const { capabilities } = hello;
  const name = pool.tables.name();
  if (name !== null && capabilities.pool !== name) {
    const message = `this is the pool ${name}, the runner says ${capabilities.pool}; connect with ?pool=${capabilities.pool}`;
    return { code: "WRONG_POOL", message };
  }
  if (link.runnerId !== null && link.runnerId !== capabilities.runner_id)
    return { code: "OTHER_RUNNER", message: "a connection is one runner's; open another for another runner" };
  const connected = [...pool.runners.values()].filter((runner) => runner.socket !== null).length;
  if (connected >= mostConnected && !pool.runners.has(capabilities.runner_id))
    return { code: "POOL_FULL", message: `this pool has ${mostConnected} runners; start another pool` };
  return null;
}

function welcomed(pool: OpenPool, socket: WebSocket, link: RunnerLink, hello: Hello): PoolRunner {
  const { capabilities, warm } = hello;
  const id = capabilities.runner_id;
  const nowMs = pool.nowMs();
  const before = pool.runners.get(id);
  if (before?.socket !== undefined && before.socket !== null && before.socket !== socket) {
    pool.sockets.setLink(before.socket, { ...link, runnerId: null });
    pool.sockets.close(before.socket, closeCodes.policy, "this runner has connected again");
  }
  const now: RunnerLink = { ...link, runnerId: id, heardAtMs: nowMs, isDraining: false };
  pool.sockets.setLink(socket, now);
  const row = {
    runner_id: id,
    capabilities,
    is_approved: before?.isApproved === true || pool.approval === "auto",
    is_drained: before?.isDrained ?? false,
    warm,
    vram_others: before?.vramOthers ?? {},
    first_seen_at: before?.firstSeenAtMs ?? nowMs,
    connected_at: link.connectedAtMs,
    heard_at: nowMs,
    succeeded: before?.succeeded ?? 0,
    failed: before?.failed ?? 0,
  };
  const runner = runnerOfRow(row, { socket, link: now });
  for (const [runId, leased] of before?.leases ?? []) runner.leases.set(runId, leased);
  pool.tables.runners.save(rowOfRunner(runner));
  pool.runners.set(id, runner);
  if (before === undefined) pool.later(tellOfPool(pool, capabilities.pool));
  return runner;
}

/** Lists of pools are D1's. When it cannot be told, the next runner or run tells it. */
async function tellOfPool(pool: OpenPool, name: string): Promise<void> {
  try {
    await recordPool(pool.db, name, isoTime(pool.nowMs()));
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", pool: name, not_recorded: String(error) }));
  }
}
