import type { FoundManifest, Repositories } from "../../../bindings/durable/repository.ts";
import { ociDigest } from "../../../contract/oci/digest.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { ociTag } from "../../../contract/oci/name.ts";
import { typedRepositoryOf } from "../../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";

/** The manifest that a tag or digest names, as new as the last acknowledged push. */
export async function findManifest(
  { repositories }: { repositories: Repositories },
  repository: string,
  reference: string,
): Promise<Result<FoundManifest, OciFailure>> {
  const keeper = repositories(repository);
  // What can be neither is found nowhere.
  const isLegal = ociDigest.safeParse(reference).success || ociTag.safeParse(reference).success;
  const found = isLegal ? await keeper.findManifest(repository, reference) : null;
  if (found !== null) return success(found);
  if (!(await keeper.isKnown(repository))) return refusal(unknownRepository(repository));
  const told = reference.slice(0, 150);
  // A yanked version's tags are not listed, and people remember them.
  const hidden = typedRepositoryOf(repository) === null ? "" : "; a yanked version is pulled by its number";
  const message = `repository ${repository} has no manifest ${told}; GET /v2/${repository}/tags/list tells its tags${hidden}`;
  return refusal({ code: "MANIFEST_UNKNOWN", message });
}

/** Nothing was ever pushed or published there. */
export function unknownRepository(repository: string): OciFailure {
  const message = `there is no repository ${repository}; GET /v2/_catalog lists those that there are`;
  return { code: "NAME_UNKNOWN", message };
}
