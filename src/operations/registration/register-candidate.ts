import { putBlob } from "../../bindings/r2/blob-store.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import { emptyBlob } from "../../contract/oci/manifest.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import { changesAnything, type NameChange, publishVersion, pushAgain } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { checkPush } from "./check-push.ts";
import { giveVersion } from "./give-version.ts";
import { type JudgeNeeds, judgeCandidate, type Verdict } from "./judge-candidate.ts";
import type { NameWriting } from "./name-writer.ts";

export interface RegisterNeeds extends JudgeNeeds {
  writer: NameWriting;
  blobs: R2Bucket;
  now: () => Date;
}

/** Registers a checked document: judged against its name's newest state, bytes into R2, then the one commit. */
export function registerCandidate(
  needs: RegisterNeeds,
  given: Candidate | UnversionedCandidate,
  by: string,
): Promise<Result<Registration, Failure>> {
  return needs.writer.write<Registration>(async (state) => {
    const judged = await judgeGiven(needs, state, given);
    if (!judged.ok) return { type: "answer", result: judged };
    const { candidate, verdict } = judged.value;
    const isUnchanged = verdict.status === "unchanged";
    const unchanged = success(registrationOf(candidate, verdict, state, false));
    if (isUnchanged && candidate.push === null) return { type: "answer", result: unchanged };
    const author = { by, at: needs.now().toISOString() };
    const change = isUnchanged ? pushAgain(state, candidate, author) : publishVersion(state, candidate, author);
    const pushed = checkPush(candidate, change);
    if (!pushed.ok) return { type: "answer", result: pushed };
    if (isUnchanged && !changesAnything(change, state)) return { type: "answer", result: unchanged };
    await storeBytes(needs.blobs, change);
    return { type: "commit", change, answer: (after) => success(registrationOf(candidate, verdict, after, false)) };
  });
}

/** A candidate under its version, and what registering it on top of a state would do. */
export async function judgeGiven(
  needs: JudgeNeeds,
  state: NameState,
  given: Candidate | UnversionedCandidate,
): Promise<Result<{ candidate: Candidate; verdict: Verdict }, Failure>> {
  const versioned = giveVersion(state, given);
  if (!versioned.ok) return versioned;
  const candidate = versioned.value;
  const judged = await judgeCandidate(needs, state, candidate);
  return judged.ok ? success({ candidate, verdict: judged.value }) : judged;
}

/** What a registration tells its caller. */
export function registrationOf(
  candidate: Candidate,
  verdict: Verdict,
  state: NameState,
  isDryRun: boolean,
): Registration {
  return {
    kind: candidate.kind,
    name: candidate.name,
    version: candidate.version,
    digest: candidate.digest,
    status: verdict.status === "unchanged" ? "unchanged" : "created",
    dry_run: isDryRun,
    seq: isDryRun ? null : state.seq,
    extends: candidate.parent,
    comparison: verdict.status === "new" ? verdict.judgement.comparison : null,
    tags: state.tags,
    issues: verdict.status === "new" ? [...candidate.issues, ...verdict.judgement.warnings] : candidate.issues,
  };
}

/** Before the commit: orphaned blobs do no harm, a row without its bytes would. What several changes share is put once. */
export async function storeBytes(blobs: R2Bucket, ...changes: readonly NameChange[]): Promise<void> {
  const all = new Map(changes.flatMap(blobsOf).map((blob) => [blob.digest, blob]));
  await Promise.all([...all.values()].map(({ digest, bytes, mediaType }) => putBlob(blobs, digest, bytes, mediaType)));
}

/** A version that is pushed again has its content already; a manifest that was pushed came with its config. */
function blobsOf({ published, packaged }: NameChange): { digest: string; bytes: Uint8Array; mediaType: string }[] {
  return [
    ...(published === null ? [] : contentOf(published)),
    ...(published?.push === null ? [emptyConfig] : []),
    ...(packaged === null ? [] : [packaged.manifest]),
  ];
}

function contentOf(candidate: Candidate): { digest: string; bytes: Uint8Array; mediaType: string }[] {
  const { source, analysis, code } = candidate;
  const json = { mediaType: "application/json" };
  return [
    source,
    { digest: candidate.digest, bytes: candidate.canonical, ...json },
    { ...candidate.flattened, ...json },
    ...(analysis === null ? [] : [{ ...analysis, ...json }]),
    ...(code === null ? [] : [code]),
  ];
}

/** What the registry's own manifests refer to as their config. */
const emptyConfig = {
  digest: emptyBlob.digest,
  bytes: new TextEncoder().encode(atob(emptyBlob.data)),
  mediaType: emptyBlob.mediaType,
};
