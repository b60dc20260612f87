import { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { nextVersion, versionBefore } from "../../domain/function/next-version.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, success } from "../../domain/result.ts";

const anyDocument = z.record(z.string(), z.unknown());

/** Gives a candidate that says no version the one of the same content, if that is live as the highest; else the next patch. */
export function giveVersion(state: NameState, candidate: Candidate | UnversionedCandidate): Result<Candidate, Failure> {
  if (candidate.version !== null) return success(candidate);
  const before = versionBefore(state);
  if (before !== null && before.digest === candidate.digest) return success(withVersion(candidate, before.version));
  const next = nextVersion(state, before, "patch");
  return next.ok ? success(withVersion(candidate, next.value)) : next;
}

/** A candidate that says no version, under one that somebody chose. */
export function withVersion(candidate: UnversionedCandidate, version: string): Candidate {
  const document = anyDocument.parse(JSON.parse(new TextDecoder().decode(candidate.flattened.bytes)));
  const bytes = new TextEncoder().encode(JSON.stringify({ ...document, version }));
  return { ...candidate, version, flattened: { bytes, digest: digestOfBytes(bytes) } };
}
