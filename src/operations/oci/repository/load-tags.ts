import { isRepositoryKnown } from "../../../bindings/d1/oci/repository-row.ts";
import { listArtifactTags, listTagRows, type Slice } from "../../../bindings/d1/oci/tag-row.ts";
import { typedRepositoryOf } from "../../../domain/oci/repository-kind.ts";

/** A part of a repository's tags as D1's primary has them. Null: nothing was ever pushed or published there. */
export async function loadTags(db: D1Database, repository: string, slice: Slice): Promise<string[] | null> {
  const typed = typedRepositoryOf(repository);
  if (typed === "misplaced") return null;
  const tags =
    typed === null ? await listTagRows(db, repository, slice) : await listArtifactTags(db, repository, typed, slice);
  return tags.length > 0 || (await isRepositoryKnown(db, repository, typed)) ? tags : null;
}
