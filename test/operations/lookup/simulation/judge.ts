import type { Failure } from "../../../../src/contract/failure.ts";
import type { Result } from "../../../../src/domain/result.ts";
import type { FoundIndex } from "../../../../src/operations/lookup/find-index.ts";
import { type ModelDatabase, revisionOf } from "./model-database.ts";
import type { ModelIsolate } from "./model-isolate.ts";

/** No answer may miss what was committed longer ago than this (design section 4). */
export const boundMs = 5000;

/** One lookup, as it was asked. */
export interface Asked {
  isolate: ModelIsolate;
  name: string;
  minSeq: number;
  /** How far D1 had come by then. */
  headSeq: number;
  /** What this isolate's callers had published of the name by then. */
  notedRevision: number;
}

/** What is wrong with an answer that is given at `now` (true time); empty when nothing is. */
export function judge(
  database: ModelDatabase,
  asked: Asked,
  found: Result<FoundIndex, Failure>,
  now: number,
  isCalm: boolean,
): string[] {
  if (!found.ok) return judgeRefusal(asked, found.failure, isCalm);
  const { isolate, name, minSeq, notedRevision } = asked;
  const { seq, staleSeconds, remembered } = found.value;
  const revision = revisionOf(remembered.index);
  const commits = database.commitsOf(name);
  const wrong: string[] = [];
  const expect = (isRight: boolean, what: string) => {
    if (!isRight) wrong.push(what);
  };

  if (staleSeconds === null) {
    const bound = boundMs + isolate.unseenMs();
    const missed = oldestMissedMs(database, name, revision, now);
    expect(missed <= bound, `it misses a commit of ${missed} ms before; ${bound} ms is the bound`);
  }
  const before = isolate.answered.get(name) ?? 0;
  expect(revision >= before, `this isolate answered revision ${before} before`);
  expect(revision >= notedRevision, `its own caller had published revision ${notedRevision}`);
  expect(seq >= minSeq, `seq ${minSeq} was asked for`);
  expect(seq <= database.headSeq, `D1 has only reached seq ${database.headSeq}`);
  const included = commits.findLast((commit) => commit.seq <= seq)?.revision ?? 0;
  expect(revision >= included, `it says seq ${seq}, and revision ${included} came before that`);
  expect(revision <= commits.length, `the name has only ${commits.length} revisions`);
  isolate.answered.set(name, Math.max(before, revision));
  return wrong;
}

/** How long ago the oldest commit that a state misses was made, which is before it was acknowledged; 0 when it misses none. */
export function oldestMissedMs(database: ModelDatabase, name: string, revision: number, now: number): number {
  const missed = database.commitsOf(name)[revision];
  return missed === undefined ? 0 : now - missed.at;
}

function judgeRefusal({ minSeq, headSeq }: Asked, failure: Failure, isCalm: boolean): string[] {
  if (failure.code === "SEQ_NOT_REACHED") {
    return minSeq <= headSeq ? [`it is refused (412), though D1 had reached seq ${minSeq} when it was asked`] : [];
  }
  if (failure.code !== "UNAVAILABLE") return [`it is refused with ${failure.code}`];
  return isCalm ? [`it is refused (503), though every call is answered: ${failure.message}`] : [];
}
