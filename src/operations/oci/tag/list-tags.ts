import type { Repositories } from "../../../bindings/durable/repository.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { unknownRepository } from "../manifest/find-manifest.ts";

/** Tags of a repository after `last`, at most `limit`, in the order of their bytes; as new as the last acknowledged push. */
export async function listTags(
  { repositories }: { repositories: Repositories },
  repository: string,
  slice: { last: string; limit: number },
): Promise<Result<string[], OciFailure>> {
  const tags = await repositories(repository).listTags(repository, slice);
  return tags === null ? refusal(unknownRepository(repository)) : success(tags);
}
