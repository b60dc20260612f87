import type { Deletion } from "../../../bindings/durable/repository.ts";
import { latestTag } from "../../../contract/artifact/tag.ts";
import { version as versionText } from "../../../contract/artifact/version.ts";
import type { Failure } from "../../../contract/failure.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { moveTag, setVersionState } from "../../../domain/registration/name-change.ts";
import type { NameState } from "../../../domain/registration/name-state.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import type { Decision, NameWriting } from "../../registration/name-writer.ts";
import { ociRefusalOf } from "./oci-refusal.ts";

/** What a deletion in a typed repository works with. */
export interface DeleteNeeds {
  writer: NameWriting;
  now: () => Date;
}

/** What a deletion in a typed repository came to: done, or nothing of an artifact's, so that the plain one is to be tried. */
type Deleted = Deletion | "not_an_artifact's";

/** Deletes a tag of an artifact; of a version's number, the version. `latest` is kept by the registry. */
export async function deletePushedTag(
  { writer, now }: DeleteNeeds,
  tag: string,
  by: string,
): Promise<Result<Deleted, OciFailure>> {
  if (tag === latestTag) {
    const message =
      "latest always points at the highest live version and cannot be deleted; delete or yank that version, or another tag";
    return refusal({ code: "UNSUPPORTED", message });
  }
  const deleted = await writer.write<Deleted>(async (state) => {
    const author = { by, at: now().toISOString() };
    if (versionText.safeParse(tag).success) return deleteVersion(state, tag, author);
    if (!Object.hasOwn(state.tags, tag)) return { type: "answer", result: success("not_an_artifact's") };
    return {
      type: "commit",
      change: moveTag(state, tag, null, "deleted at /v2/", author),
      answer: ({ seq }) => success({ seq }),
    };
  });
  return ociOf(deleted);
}

/** Deletes the version that answers with this manifest; another manifest is no artifact's. */
export async function deletePushedManifest(
  { writer, now }: DeleteNeeds,
  digest: string,
  by: string,
): Promise<Result<Deleted, OciFailure>> {
  // A version is given its manifest without its writer; only D1 knows which.
  writer.forget();
  const deleted = await writer.write<Deleted>(async (state) => {
    const entry = state.versions.find((one) => one.manifest_digest === digest);
    if (entry === undefined) return { type: "answer", result: success("not_an_artifact's") };
    return deleteVersion(state, entry.version, { by, at: now().toISOString() });
  });
  return ociOf(deleted);
}

function deleteVersion(state: NameState, version: string, author: { by: string; at: string }): Decision<Deleted> {
  const entry = state.versions.find((one) => one.version === version);
  if (entry === undefined || entry.state === "deleted") {
    return { type: "answer", result: success("not_an_artifact's") };
  }
  const notice = { since: author.at, message: "deleted at /v2/", successor: null, sunset: null };
  const change = setVersionState(state, version, "deleted", notice, author);
  return { type: "commit", change, answer: ({ seq }) => success({ seq }) };
}

function ociOf(deleted: Result<Deleted, Failure>): Result<Deleted, OciFailure> {
  return deleted.ok ? deleted : refusal(ociRefusalOf(deleted.failure, null));
}
