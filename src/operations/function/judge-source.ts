import type { Callable } from "../../contract/artifact/callable.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { Comparison } from "../../contract/template/comparison.ts";
import { functionCandidate, functionDigest } from "../../domain/function/function-candidate.ts";
import { nextVersion, versionBefore } from "../../domain/function/next-version.ts";
import type { AskedVersion, SourceDraft, UnversionedFunction } from "../../domain/function/source-draft.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { compareCallables } from "../../domain/template/compare/compare-callables.ts";
import { type JudgeNeeds, judgeCandidate, type Verdict } from "../registration/judge-candidate.ts";

/** One function of a source, under its version, and what publishing it on top of `state` would do. */
export interface JudgedFunction {
  candidate: Candidate;
  verdict: Verdict;
  state: NameState;
}

/**
 * What publishing a source on top of its names' states would do: all of its functions, or none. The same for a commit and for a dry run.
 * `states` are in the order of the functions.
 */
export async function judgeSource(
  needs: JudgeNeeds,
  states: readonly NameState[],
  draft: SourceDraft,
): Promise<Result<JudgedFunction[], Failure>> {
  const remembering = { ...needs, callableByDigest: remembered(needs.callableByDigest) };
  const judged = await Promise.all(
    draft.functions.map((unversioned, at) => judgeFunction(remembering, states[at], unversioned, draft)),
  );
  const failures = judged.flatMap((one) => (one.ok ? [] : [one.failure]));
  if (failures.length > 0) return refuseAll(failures, judged.length);
  return success(judged.flatMap((one) => (one.ok ? [one.value] : [])));
}

async function judgeFunction(
  needs: JudgeNeeds,
  state: NameState | undefined,
  unversioned: UnversionedFunction,
  draft: SourceDraft,
): Promise<Result<JudgedFunction, Failure>> {
  if (state === undefined) throw new Error(`no state was given for ${unversioned.id}`);
  const asked = askedOf(draft, unversioned.id);
  const chosen =
    asked === null
      ? await chooseVersion(needs, state, unversioned)
      : success({ version: asked.version, comparison: null });
  if (!chosen.ok) return chosen;
  const { version, comparison } = chosen.value;
  const candidate = functionCandidate(unversioned, version, draft);
  const judged = await judgeCandidate(needs, state, candidate);
  if (!judged.ok) return explain(judged.failure, candidate, asked);
  return success({ candidate, state, verdict: toldWith(judged.value, comparison) });
}

function askedOf({ version, versions }: SourceDraft, name: string): AskedVersion | null {
  const own = versions?.[name];
  return own === undefined ? version : { version: own, saidBy: "request" };
}

interface ChosenVersion {
  version: string;
  /** What the number was chosen by; null when there was nothing to compare with. */
  comparison: (Comparison & { against: string }) | null;
}

/** The version of what nobody asked a version for: that of the same content if it is there, else the next by what changed. */
async function chooseVersion(
  needs: JudgeNeeds,
  state: NameState,
  unversioned: UnversionedFunction,
): Promise<Result<ChosenVersion, Failure>> {
  const before = versionBefore(state);
  if (before === null) {
    const [highest] = state.versions;
    const isSame = highest !== undefined && functionDigest(unversioned, highest.version) === highest.digest;
    const next = nextVersion(state, null, isSame ? "none" : "major");
    return next.ok ? success({ version: next.value, comparison: null }) : next;
  }
  if (functionDigest(unversioned, before.version) === before.digest) {
    return success({ version: before.version, comparison: null });
  }
  const was = await needs.callableByDigest(before.flattened_digest);
  const comparison = compareCallables(was, { ...unversioned, version: before.version });
  const next = nextVersion(state, before, comparison.bump);
  if (!next.ok) return next;
  return success({ version: next.value, comparison: { ...comparison, against: before.version } });
}

/** A major version has no version before it in its major; what it was chosen by tells more than nothing. */
function toldWith(verdict: Verdict, comparison: ChosenVersion["comparison"]): Verdict {
  if (verdict.status === "unchanged" || verdict.judgement.comparison !== null) return verdict;
  return { ...verdict, judgement: { ...verdict.judgement, comparison } };
}

/** A version that the source itself says is easily forgotten there. */
function explain(failure: Failure, candidate: Candidate, asked: AskedVersion | null): Result<never, Failure> {
  if (failure.code !== "VERSION_TAKEN" || asked?.saidBy !== "source") return refusal(failure);
  const { name, version, source } = candidate;
  const where = source.mediaType === "text/x-python" ? "__version__" : "its exported version";
  const message = `function ${name}@${version} is already published with other content, and the source says ${version} again: raise ${where}, or take it out and the registry chooses the next version by what changed`;
  return refusal({ ...failure, message });
}

/** All that stands in the way, told at once; the first one's code is the answer's. */
function refuseAll(failures: readonly Failure[], count: number): Result<never, Failure> {
  const [first] = failures;
  if (first === undefined || count === 1) return refusal(first ?? nothingToTell);
  const issues = failures.flatMap((failure) => failure.issues ?? []);
  const told = failures.slice(0, 5).map((failure) => failure.message);
  const more = failures.length > told.length ? [`and ${failures.length - told.length} more`] : [];
  return refusal({
    ...first,
    message: `nothing of the source is published: ${failures.length} of its ${count} functions are refused: ${[...told, ...more].join("; ")}`,
    ...(issues.length === 0 ? {} : { issues: issues.slice(0, limits.issues) }),
    ...(issues.length > limits.issues ? { issueCount: issues.length } : {}),
  });
}

const nothingToTell: Failure = { code: "INTERNAL", message: "the source was refused, and nothing says why" };

/** Choosing a version and judging it look at the same document. */
function remembered(read: JudgeNeeds["callableByDigest"]): JudgeNeeds["callableByDigest"] {
  const known = new Map<string, Promise<Callable>>();
  return (digest) => {
    const found = known.get(digest) ?? read(digest);
    known.set(digest, found);
    return found;
  };
}
