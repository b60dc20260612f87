import type { Pool, Runner } from "../../../contract/runner/runner.ts";
import { isoTime } from "../iso-time.ts";
import type { OpenPool } from "../open-pool.ts";
import type { PoolRunner } from "./pool-runner.ts";

/** A runner as people see it. */
export function describeRunner(runner: PoolRunner): Runner {
  const leases = [...runner.leases.values()];
  const { devices, ...capabilities } = runner.capabilities;
  const sumOf = (key: "vram_mb" | "memory_mb" | "cpu_cores", of = leases) =>
    of.reduce((sum, { needs }) => sum + needs[key], 0);
  return {
    ...capabilities,
    state: stateOf(runner),
    connected_at: runner.connectedAtMs === null ? null : isoTime(runner.connectedAtMs),
    last_heartbeat_at: isoTime(runner.heardAtMs),
    devices: devices.map((device) => ({
      ...device,
      vram_leased_mb: sumOf(
        "vram_mb",
        leases.filter((leased) => leased.runner.device === device.index),
      ),
      vram_other_mb: runner.vramOthers[String(device.index)] ?? 0,
    })),
    memory_leased_mb: sumOf("memory_mb"),
    cpu_cores_leased: sumOf("cpu_cores"),
    running: leases.map(({ job, runner: place, startedAtMs, leasedAtMs }) => ({
      run_id: job.run_id,
      name: job.name,
      device: place.device,
      since: isoTime(startedAtMs ?? leasedAtMs),
    })),
    warm: runner.warm,
    succeeded: runner.succeeded,
    failed: runner.failed,
  };
}

function stateOf(runner: PoolRunner): Runner["state"] {
  if (runner.socket === null) return "disconnected";
  if (!runner.isApproved) return "pending";
  return runner.isDrained || runner.isDraining ? "draining" : "ready";
}

/** All runners of a pool, by name. */
export function describeRunners(pool: OpenPool): Runner[] {
  return [...pool.runners.values()].map(describeRunner).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A pool at a glance. */
export function describePool(pool: OpenPool, name: string): Pool {
  const runners = describeRunners(pool).filter((runner) => runner.state !== "disconnected");
  const devices = runners.flatMap((runner) => runner.devices);
  const oldestMs = pool.waiting.oldestArrivedAtMs();
  return {
    name,
    depth: pool.waiting.size,
    active: pool.leased.size,
    oldest_age_seconds: oldestMs === null ? null : Math.max(0, pool.nowMs() - oldestMs) / 1000,
    runners: runners.length,
    runners_ready: runners.filter((runner) => runner.state === "ready").length,
    devices: devices.length,
    vram_mb: devices.reduce((sum, device) => sum + device.vram_mb, 0),
    vram_leased_mb: devices.reduce((sum, device) => sum + device.vram_leased_mb, 0),
    circuits_open: [...pool.circuits].flatMap(([handler, circuit]) =>
      circuit.state === "closed" ? [] : [{ handler, until: isoTime(circuit.untilMs), failures: circuit.failures }],
    ),
  };
}
