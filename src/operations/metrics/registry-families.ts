import type { RegistryGauges } from "../../bindings/d1/registry-gauges.ts";
import type { Pool } from "../../contract/runner/runner.ts";
import type { Sample } from "./counter.ts";
import type { MetricFamily } from "./metric-family.ts";

/** How the registry stands, whichever process answers: what D1 and the pools know. */
export function registryFamilies(known: RegistryGauges, pools: readonly Pool[], now: Date): MetricFamily[] {
  const ageOf = (at: string | null) => (at === null ? 0 : Math.max(0, (now.getTime() - Date.parse(at)) / 1000));
  return [
    gauge("callsheet_announcements_seq", "The newest change of any name", [], one(known.seq)),
    gauge(
      "callsheet_pending_effects",
      "Names whose last commit's effects are still owed",
      [],
      one(known.pendingEffects.count),
    ),
    gauge(
      "callsheet_pending_effects_oldest_seconds",
      "How long the oldest of them has been owed",
      [],
      one(ageOf(known.pendingEffects.oldestAt)),
    ),
    gauge("callsheet_runs", "Runs that have not ended, as D1 knows them", ["state"], byState(known.runs)),
    gauge(
      "callsheet_pool_waiting",
      "Runs that wait in a pool",
      ["pool"],
      byPool(pools, (pool) => pool.depth),
    ),
    gauge(
      "callsheet_pool_waiting_oldest_seconds",
      "How long the oldest of them has waited",
      ["pool"],
      byPool(pools, (pool) => pool.oldest_age_seconds ?? 0),
    ),
    gauge(
      "callsheet_pool_active",
      "Runs of a pool that are leased or run",
      ["pool"],
      byPool(pools, (pool) => pool.active),
    ),
    gauge(
      "callsheet_pool_runners",
      "Runners that are connected",
      ["pool"],
      byPool(pools, (pool) => pool.runners),
    ),
    gauge(
      "callsheet_pool_runners_ready",
      "Runners that take jobs",
      ["pool"],
      byPool(pools, (pool) => pool.runners_ready),
    ),
    gauge(
      "callsheet_pool_circuits_open",
      "Handlers that get no jobs because they failed too often",
      ["pool"],
      byPool(pools, (pool) => pool.circuits_open.length),
    ),
    gauge("callsheet_dead_letters", "Messages of queues that could not be done", [], one(known.deadLetters)),
    gauge("callsheet_hooks_open", "Incoming deliveries that are not done yet", ["state"], byState(known.hooks)),
    gauge(
      "callsheet_hooks_oldest_seconds",
      "How long the oldest of them has waited",
      [],
      one(ageOf(known.oldestHookAt)),
    ),
    gauge(
      "callsheet_statuses_waiting",
      "Commit statuses that a host has not taken yet",
      [],
      one(known.statusesWaiting),
    ),
    gauge("callsheet_subscriptions", "Subscriptions, by state", ["state"], byState(known.subscriptions)),
    gauge("callsheet_audit_seq", "The newest entry of the audit log", [], one(known.audit.seq)),
    gauge("callsheet_audit_unsealed", "Entries of the audit log that have no hash yet", [], one(known.audit.unsealed)),
  ];
}

function gauge(name: string, help: string, labels: readonly string[], samples: Sample[]): MetricFamily {
  return { name, help, labels, type: "gauge", samples };
}

function one(value: number): Sample[] {
  return [{ labels: [], value }];
}

function byState(counted: readonly { state: string; count: number }[]): Sample[] {
  return counted.map(({ state, count }) => ({ labels: [state], value: count }));
}

function byPool(pools: readonly Pool[], of: (pool: Pool) => number): Sample[] {
  return pools.map((pool) => ({ labels: [pool.name], value: of(pool) }));
}
