import { listRepositoriesOfBlob } from "../../bindings/d1/oci/blob-row.ts";
import { ociDigest } from "../../contract/oci/digest.ts";
import { repositoryName } from "../../contract/oci/name.ts";
import { mountBlob } from "../../operations/oci/blob/mount-blob.ts";
import { answerOciFailure } from "./answer-failure.ts";
import { answerStored } from "./answer-stored.ts";
import type { OciAsked } from "./asked.ts";
import { digestInvalid } from "./digest-invalid.ts";

/** Where a blob is looked for when the client names no repository. */
const repositoriesTried = 8;

/**
 * `POST …/blobs/uploads/?mount={digest}&from={repository}`: makes a blob of a repository that the caller may pull part of this one. Null: it
 * cannot be had that way, and is to be sent.
 */
export async function answerMount(asked: OciAsked, digest: string): Promise<Response | null> {
  if (!ociDigest.safeParse(digest).success) return answerOciFailure(digestInvalid(digest));
  const { needs, repository, request } = asked;
  for (const from of await sources(asked, digest)) {
    if (!(await needs.authoriseOci(request, { repository: from, action: "pull" })).ok) continue;
    if (await mountBlob(needs, { digest, from, to: repository })) return answerStored(repository, digest);
  }
  return null;
}

async function sources({ url, needs }: OciAsked, digest: string): Promise<string[]> {
  const from = url.searchParams.get("from");
  if (from === null || from === "") return listRepositoriesOfBlob(needs.db, digest, repositoriesTried);
  return repositoryName.safeParse(from).success ? [from] : [];
}
