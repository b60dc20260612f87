import { type CoherenceLimits, coherence } from "../../../../src/domain/lookup/coherence-limits.ts";
import { findIndex } from "../../../../src/operations/lookup/find-index.ts";
import {
  CarelessHubLog,
  ForgetfulHubLog,
  GaplessHubLog,
  HastyHubLog,
  LateHubLog,
  TrustingHubLog,
} from "./mutated-hub-logs.ts";
import { DeafMemory, FloorlessMemory } from "./mutated-memories.ts";
import { CredulousView, GaplessView, HoardingView, LateView, TrustingView } from "./mutated-views.ts";
import { type ProtocolParts, realParts } from "./protocol-parts.ts";

/** Protocols with one thing broken each, by what is broken: the simulation must find every one of them out. */
export const mutations: Record<string, ProtocolParts> = {
  "isolates answer for 8 s after a sync": withLimits({ answerMs: 8000 }),
  "isolates answer for 6 s after a sync": withLimits({ answerMs: 6000 }),
  "hubs answer for 5 s after a pull": withLimits({ hubLeaseMs: 5000 }),
  "hubs answer for 3 s after a pull": withLimits({ hubLeaseMs: 3000 }),
  "a hub takes a broadcast though one before it is missing": { ...realParts, makeHubLog: (l) => new GaplessHubLog(l) },
  "a hub's lease counts from when D1 answered": { ...realParts, makeHubLog: (l, clock) => new LateHubLog(l, clock) },
  "a hub's lease outlives a step of its clock": { ...realParts, makeHubLog: (l) => new TrustingHubLog(l) },
  "a hub's pull outlives a step of its clock": { ...realParts, makeHubLog: (l) => new CarelessHubLog(l) },
  "a hub that was asked for a seq answers from its lease": { ...realParts, makeHubLog: (l) => new HastyHubLog(l) },
  "a hub hides that it has forgotten": { ...realParts, makeHubLog: (l) => new ForgetfulHubLog(l) },
  "an isolate believes any index": withView((l) => new CredulousView(l)),
  "an isolate's lease counts from when the sync's answer came": withView((l, clock) => new LateView(l, clock)),
  "an isolate's lease outlives a step of its clock": withView((l) => new TrustingView(l)),
  "a sync's changes are applied, but memory drops nothing": withView((l) => new HoardingView(l)),
  "an isolate that missed changes drops only those it heard of": withView((l) => new GaplessView(l)),
  "a publish is not noted by its own isolate": withMemory((bytes, view) => new DeafMemory(bytes, view)),
  "a read is answered though a newer state was answered before": withMemory(
    (bytes, view) => new FloorlessMemory(bytes, view),
  ),
  "freshness is judged when a lookup is asked, not when it is answered": {
    ...realParts,
    findIndex: (needs, kind, name, minSeq) => {
      const askedAt = needs.now();
      return findIndex({ ...needs, now: () => askedAt }, kind, name, minSeq);
    },
  },
  "a lookup ignores the seq that was asked for": {
    ...realParts,
    findIndex: (needs, kind, name) => findIndex(needs, kind, name, 0),
  },
};

/** Other numbers that the bound does not hang on: with these the protocol must still hold. */
export const harmlessVariations: Record<string, ProtocolParts> = {
  "no refresh in the background": withLimits({ refreshMs: coherence.answerMs }),
  "a refresh at every lookup": withLimits({ refreshMs: 0, refreshLostMs: 0 }),
};

function withLimits(other: Partial<CoherenceLimits>): ProtocolParts {
  return { ...realParts, limits: { ...coherence, ...other } };
}

function withView(makeView: ProtocolParts["makeView"]): ProtocolParts {
  return { ...realParts, makeView };
}

function withMemory(makeMemory: ProtocolParts["makeMemory"]): ProtocolParts {
  return { ...realParts, makeMemory };
}
