import type { Repositories } from "../../../bindings/durable/repository.ts";
import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import { ociDigest } from "../../../contract/oci/digest.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { ociTag } from "../../../contract/oci/name.ts";
import { artifactOf } from "../../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";

export interface DeleteNeeds {
  repositories: Repositories;
  /** The caller's next read must see what this deleted. */
  noteChange: (kind: ArtifactKind, name: string, seq: number) => void;
}

/** Deletes a tag, and nothing else; or a manifest by its digest, with its tags. */
export async function deleteManifest(
  { repositories, noteChange }: DeleteNeeds,
  repository: string,
  reference: string,
  by: string,
): Promise<Result<null, OciFailure>> {
  const keeper = repositories(repository);
  const isTag = ociTag.safeParse(reference).success;
  if (isTag || ociDigest.safeParse(reference).success) {
    const deleted = await (isTag
      ? keeper.deleteTag(repository, reference, by)
      : keeper.deleteManifest(repository, reference, by));
    const artifact = artifactOf(repository);
    if (deleted.ok && deleted.value.seq !== null && artifact !== null) {
      noteChange(artifact.kind, artifact.name, deleted.value.seq);
    }
    return deleted.ok ? success(null) : deleted;
  }
  const told = reference.slice(0, 150);
  if (reference.includes(":")) return refusal({ code: "DIGEST_INVALID", message: `"${told}" is no digest` });
  return refusal({ code: "MANIFEST_UNKNOWN", message: `repository ${repository} has no tag "${told}"` });
}
