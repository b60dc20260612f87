import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Run } from "../../contract/run/run.ts";
import { canonicalDigest } from "../../domain/document/canonical-digest.ts";
import { copyJson } from "../../domain/document/json-value.ts";
import { type Result, success } from "../../domain/result.ts";
import { findKeyedRun } from "./find-keyed-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Who asks for a run, and for what. */
export interface KeyedAsk {
  caller: string;
  /** The Idempotency-Key; null when there is none. */
  key: string | null;
  /** All that was asked: the same key with other content is another request. */
  content: unknown;
}

export interface CreatedRun {
  run: Run;
  /** An earlier request with this key made it. */
  isRepeated: boolean;
}

/**
 * Makes a run, once for each Idempotency-Key: a repetition answers the first one's. `create` records the key with the run; when another
 * request took it first, it answers with `winnerOf`.
 */
export async function createOnce(
  needs: RunNeeds,
  ask: KeyedAsk,
  create: (keyed: KeyedRequest | null) => Promise<Result<CreatedRun, Failure>>,
): Promise<Result<CreatedRun, Failure>> {
  const keyed = keyedRequest(ask);
  const earlier = keyed === null ? null : await findKeyedRun(needs, keyed);
  return earlier === null ? create(keyed) : repeated(earlier);
}

/** The run of the request that took the key first. */
export async function winnerOf(needs: RunNeeds, keyed: KeyedRequest | null): Promise<Result<CreatedRun, Failure>> {
  const winner = keyed === null ? null : await findKeyedRun(needs, keyed);
  if (winner === null) throw new Error("the idempotency key of a run is taken, and nobody has it");
  return repeated(winner);
}

function keyedRequest({ caller, key, content }: KeyedAsk): KeyedRequest | null {
  return key === null ? null : { caller, key, requestDigest: canonicalDigest(copyJson(content)) };
}

function repeated(found: Result<Run, Failure>): Result<CreatedRun, Failure> {
  return found.ok ? success({ run: found.value, isRepeated: true }) : found;
}
