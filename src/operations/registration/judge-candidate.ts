import type { Callable } from "../../contract/artifact/callable.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import {
  type CompatibilityPolicy,
  type Judgement,
  judgeChange,
  type Neighbour,
} from "../../domain/registration/judge-change.ts";
import type { NameState, StoredVersion } from "../../domain/registration/name-state.ts";
import { placeCandidate } from "../../domain/registration/place-candidate.ts";
import { type Result, success } from "../../domain/result.ts";

export interface JudgeNeeds {
  policy: CompatibilityPolicy;
  /** What a flattened document that is already published holds. */
  callableByDigest: (flattenedDigest: string) => Promise<Callable>;
}

export type Verdict = { status: "unchanged"; entry: StoredVersion } | { status: "new"; judgement: Judgement };

/** What registering a candidate on top of a state would do. The same for a commit and for a dry run. */
export async function judgeCandidate(
  needs: JudgeNeeds,
  state: NameState,
  candidate: Candidate,
): Promise<Result<Verdict, Failure>> {
  const placed = placeCandidate(state, candidate);
  if (!placed.ok) return placed;
  if (placed.value.status === "unchanged") return success(placed.value);
  // What has no interface has nothing to break.
  const { before, after } = candidate.callable === null ? { before: null, after: null } : placed.value;
  const neighbours = { before: await neighbour(needs, before), after: await neighbour(needs, after) };
  const judged = judgeChange(candidate, neighbours, needs.policy);
  return judged.ok ? success({ status: "new", judgement: judged.value }) : judged;
}

async function neighbour(needs: JudgeNeeds, entry: StoredVersion | null): Promise<Neighbour | null> {
  if (entry === null) return null;
  return { version: entry.version, callable: await needs.callableByDigest(entry.flattened_digest) };
}
