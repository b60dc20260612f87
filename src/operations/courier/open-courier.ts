import type { CourierTables } from "../../bindings/courier/courier-tables.ts";
import type { Sealer } from "../../domain/access/sealer.ts";
import type { Fetch } from "../agent/ask-agent.ts";

/** What the courier of a subscription works with. */
export interface OpenCourier {
  tables: CourierTables;
  db: D1Database;
  sealer: Sealer;
  fetch: Fetch;
  /** Whether private, loopback and link-local addresses are sent to: on one's own machine only. */
  mayAskPrivate: boolean;
  userAgent: string;
  /** Lanes of which a delivery is under way. */
  underWay: Set<string>;
  /** Before this nothing is tried: a store that is needed did not answer. Milliseconds since 1970. */
  holdUntilMs: number;
  /** When its log was last swept. */
  sweptMs: number;
  nowMs: () => number;
  /** From 0 to 1. */
  random: () => number;
  /** Goes on after what called it is answered. */
  later: (work: Promise<unknown>) => void;
  /** The courier's alarm rings at this time, or before: a ring too many does no harm. */
  wakeAt: (ms: number) => void;
  /** Removes all that the courier has on disk, its alarm too. */
  removeAll: () => Promise<void>;
}
