import type { VersionEntry } from "../../contract/artifact/name-index.ts";
import type { PublishedDocument } from "../../contract/artifact/published.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Failure } from "../../contract/failure.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { parseSelector } from "../../domain/artifact/parse-reference.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { findIndex } from "./find-index.ts";
import { type LookUpNeeds, type LookupRequest, readDocument } from "./look-up.ts";
import type { Provenance } from "./lookup-answer.ts";

export interface FoundDocument extends Provenance {
  entry: VersionEntry;
  published: PublishedDocument;
}

/** Resolves a reference like `lookUp`, but answers the document itself, for what is made of it: schema, OpenAPI, checks of inputs. */
export async function findDocument(
  needs: LookUpNeeds,
  request: LookupRequest,
): Promise<Result<FoundDocument, Failure>> {
  const found = await findIndex(needs, request.kind, request.name, request.minSeq);
  if (!found.ok) return found;
  const { remembered, tier, seq, staleSeconds } = found.value;
  const selector = parseSelector(request.selector ?? latestTag);
  if (!selector.ok) return selector;
  const chosen = chooseVersion(remembered.index, selector.value);
  if (!chosen.ok) return chosen;
  const read = await readDocument(needs.documents, remembered.index, chosen.value);
  if (read === null) {
    return refusal({
      code: "UNAVAILABLE",
      message: `the document of ${request.kind} ${request.name}@${chosen.value.version} cannot be read now; it may just have been deleted`,
      retryAfterSeconds: 1,
    });
  }
  return success({ entry: chosen.value, published: read.published, tier, seq, staleSeconds });
}
