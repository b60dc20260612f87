import { Counter } from "./counter.ts";
import { Histogram } from "./histogram.ts";

/*
 * What one process (a Worker's isolate) has counted since it began: plain numbers, shared by all of its requests and Durable Objects.
 * `GET /metrics` shows them; Analytics Engine gets their sums (flush-counters.ts). docs/operations.md says what each is good for.
 */
export const counters = {
  lookups: new Counter("callsheet_lookups_total", "Lookups that were answered, by the tier that had the answer", [
    "tier",
  ]),
  staleLookups: new Counter(
    "callsheet_stale_lookups_total",
    "Lookups that were answered from a cache while neither hub nor D1 did answer",
  ),
  lookupAge: new Histogram(
    "callsheet_lookup_state_age_seconds",
    "How old the state was that a lookup was answered from",
    [0.1, 0.5, 1, 2, 3, 4, 5, 10, 60, 600, 3600],
  ),
  requests: new Counter("callsheet_requests_total", "Requests, by route and by the class of their status", [
    "method",
    "route",
    "status",
  ]),
  requestSeconds: new Histogram(
    "callsheet_request_seconds",
    "From a request to its answer's beginning, lookups from memory left out",
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  ),
  refusals: new Counter("callsheet_refusals_total", "Requests that were refused or failed, by code", ["code"]),
  rateLimited: new Counter("callsheet_rate_limited_total", "Requests that came too fast, by the limit they met", [
    "limit",
  ]),
  tokenChecks: new Counter("callsheet_token_checks_total", "Tokens that were checked, by what was found", ["result"]),
  publishes: new Counter(
    "callsheet_publishes_total",
    "Documents and functions that were to be published, by what became of them",
    ["kind", "status"],
  ),
  audited: new Counter(
    "callsheet_audit_entries_total",
    "Acts that were written into the audit log, changes of names left out",
    ["outcome"],
  ),
  leaseExpiries: new Counter("callsheet_lease_expiries_total", "Leases that ended without a word of their runner", [
    "pool",
  ]),
  hooks: new Counter("callsheet_hooks_received_total", "Webhooks that came in, by what was answered", [
    "provider",
    "status",
  ]),
  deliveriesIn: new Counter("callsheet_hooks_done_total", "Incoming deliveries that came to an end, by how", ["state"]),
  deliveriesOut: new Counter(
    "callsheet_deliveries_total",
    "Attempts to tell subscribers of a change, by outcome (delivered, failed, given_up)",
    ["outcome"],
  ),
  changesSent: new Counter("callsheet_live_changes_total", "Changes that were sent to live listeners"),
  listenersClosed: new Counter(
    "callsheet_listeners_closed_total",
    "Live listeners that the registry closed, by the code that it gave",
    ["code"],
  ),
} as const;
