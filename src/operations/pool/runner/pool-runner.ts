import type { RunnerLink } from "../../../bindings/pool/pool-sockets.ts";
import type { RunnerRow } from "../../../bindings/pool/runner-table.ts";
import type { Capabilities } from "../../../contract/runner/capabilities.ts";
import type { RunnerRoom } from "../../../domain/dispatch/runner-room.ts";
import type { LeasedJob } from "../open-pool.ts";

/** A runner that the pool knows, connected or not. */
export interface PoolRunner {
  id: string;
  capabilities: Capabilities;
  isApproved: boolean;
  /** An admin wants it to take no further jobs. */
  isDrained: boolean;
  /** It wants that itself. */
  isDraining: boolean;
  /** Null: not connected. */
  socket: WebSocket | null;
  connectedAtMs: number | null;
  heardAtMs: number;
  firstSeenAtMs: number;
  warm: string[];
  vramOthers: Record<string, number>;
  succeeded: number;
  failed: number;
  leases: Map<string, LeasedJob>;
  /** What it has left, by its leases. */
  room: RunnerRoom;
}

/** A runner as its row says it; `open`: its connection, when it has one. */
export function runnerOfRow(row: RunnerRow, open: { socket: WebSocket; link: RunnerLink } | null): PoolRunner {
  const runner = {
    id: row.runner_id,
    capabilities: row.capabilities,
    isApproved: row.is_approved,
    isDrained: row.is_drained,
    isDraining: open?.link.isDraining ?? false,
    socket: open?.socket ?? null,
    connectedAtMs: open?.link.connectedAtMs ?? null,
    heardAtMs: open?.link.heardAtMs ?? row.heard_at,
    firstSeenAtMs: row.first_seen_at,
    warm: row.warm,
    vramOthers: row.vram_others,
    succeeded: row.succeeded,
    failed: row.failed,
    leases: new Map<string, LeasedJob>(),
  };
  return { ...runner, room: roomOf(runner) };
}

/** The row of a runner. */
export function rowOfRunner(runner: PoolRunner): RunnerRow {
  return {
    runner_id: runner.id,
    capabilities: runner.capabilities,
    is_approved: runner.isApproved,
    is_drained: runner.isDrained,
    warm: runner.warm,
    vram_others: runner.vramOthers,
    first_seen_at: runner.firstSeenAtMs,
    connected_at: runner.connectedAtMs,
    heard_at: runner.heardAtMs,
    succeeded: runner.succeeded,
    failed: runner.failed,
  };
}

/** Counts a runner's room anew. From its leases each time, so that no ledger can drift. */
export function settleRoom(runner: PoolRunner): void {
  runner.room = roomOf(runner);
}

function roomOf(runner: Omit<PoolRunner, "room">): RunnerRoom {
  const { capabilities } = runner;
  const vramMbOther = capabilities.devices.map((device) => runner.vramOthers[String(device.index)] ?? 0);
  const room = {
    runnerId: runner.id,
    name: capabilities.name,
    capabilities,
    isOpen: runner.socket !== null && runner.isApproved && !runner.isDrained && !runner.isDraining,
    slotsFree: capabilities.slots,
    cpuCoresFree: capabilities.cpu_cores,
    memoryMbFree: capabilities.memory_mb,
    diskMbFree: capabilities.disk_mb,
    vramMbFree: capabilities.devices.map((device, at) => device.vram_mb - (vramMbOther[at] ?? 0)),
    vramMbOther,
    warm: new Set(runner.warm),
  };
  for (const { needs, runner: place, ending } of runner.leases.values()) {
    // Its process is over; only the commit is not.
    if (ending !== null) continue;
    room.slotsFree -= 1;
    room.cpuCoresFree -= needs.cpu_cores;
    room.memoryMbFree -= needs.memory_mb;
    room.diskMbFree -= needs.disk_mb;
    const at = capabilities.devices.findIndex((device) => device.index === place.device);
    if (at >= 0) room.vramMbFree[at] = (room.vramMbFree[at] ?? 0) - needs.vram_mb;
  }
  return room;
}
