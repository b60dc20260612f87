import { type CoherenceLimits, coherence } from "../../../../src/domain/lookup/coherence-limits.ts";
import { CoherenceView } from "../../../../src/domain/lookup/coherence-view.ts";
import { HubLog } from "../../../../src/domain/lookup/hub-log.ts";
import { findIndex } from "../../../../src/operations/lookup/find-index.ts";
import { LookupMemory } from "../../../../src/operations/lookup/lookup-memory.ts";

/** The code that a simulation drives. A mutation replaces one part. */
export interface ProtocolParts {
  limits: CoherenceLimits;
  /** `clock` is the machine's own, for mutations that read it where the real code does not. */
  makeView: (limits: CoherenceLimits, clock: () => number) => CoherenceView;
  makeMemory: (maxBytes: number, view: CoherenceView) => LookupMemory;
  makeHubLog: (limits: CoherenceLimits, clock: () => number) => HubLog;
  findIndex: typeof findIndex;
}

/** What the Worker runs. */
export const realParts: ProtocolParts = {
  limits: coherence,
  makeView: (limits) => new CoherenceView(limits),
  makeMemory: (maxBytes, view) => new LookupMemory(maxBytes, view),
  makeHubLog: (limits) => new HubLog(limits),
  findIndex,
};
