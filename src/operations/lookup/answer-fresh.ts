import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { counters } from "../metrics/counters.ts";
import { type FindIndexNeeds, findIndex } from "./find-index.ts";
import type { Provenance, Tier } from "./lookup-answer.ts";
import { nameKey, type RememberedIndex } from "./lookup-memory.ts";
import type { LookupRequest } from "./lookup-request.ts";

/** What was made of an index; `tier` is null when nothing had to be waited for. */
export interface Made<Value> {
  value: Value;
  tier: Tier | null;
}

/** After this many rounds in which reading took longer than the index stayed good, the lookup gives up. */
const rounds = 3;

/**
 * Finds a name's index and makes something of it that may take time, such as reading a document. The index must still be good enough
 * when that is done, since the answer is given then; if it is not, both are done again.
 */
export async function answerFresh<Value>(
  needs: FindIndexNeeds,
  request: LookupRequest,
  make: (remembered: RememberedIndex) => Promise<Result<Made<Value>, Failure>>,
): Promise<Result<{ value: Value } & Provenance, Failure>> {
  for (let round = 0; round < rounds; round++) {
    const found = await findIndex(needs, request.kind, request.name, request.minSeq);
    if (!found.ok) return found;
    const { remembered, tier, seq, staleSeconds } = found.value;
    const made = await make(remembered);
    if (!made.ok) return made;
    if (made.value.tier === null || staleSeconds !== null || isStillProven(needs, remembered)) {
      const answeredBy = made.value.tier ?? tier;
      countLookup(needs, answeredBy, staleSeconds);
      return success({ value: made.value.value, tier: answeredBy, seq, staleSeconds });
    }
  }
  return refusal({
    code: "UNAVAILABLE",
    message: `the documents of ${request.kind} ${request.name} are read too slowly to be answered fresh; try again`,
    retryAfterSeconds: 1,
  });
}

/** A lookup was answered, and from a state of this age. */
function countLookup({ memory, now }: FindIndexNeeds, tier: Tier, staleSeconds: number | null): void {
  counters.lookups.add(tier);
  if (staleSeconds !== null) counters.staleLookups.add();
  counters.lookupAge.observe(staleSeconds ?? (memory.view.unprovenMs(now()) ?? 0) / 1000);
}

function isStillProven({ memory, now }: FindIndexNeeds, { index }: RememberedIndex): boolean {
  if (memory.view.freshness(now()) === "wait") return false;
  const key = nameKey(index.kind, index.name);
  return memory.index(key)?.index === index || memory.isProven(key, index.seq);
}
