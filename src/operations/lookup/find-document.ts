import type { VersionEntry } from "../../contract/artifact/name-index.ts";
import type { PublishedDocument } from "../../contract/artifact/published.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Failure } from "../../contract/failure.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { parseSelector } from "../../domain/artifact/parse-reference.ts";
import { type Result, success } from "../../domain/result.ts";
import { answerFresh, type Made } from "./answer-fresh.ts";
import { type LookUpNeeds, missingDocument, readDocument } from "./look-up.ts";
import type { Provenance } from "./lookup-answer.ts";
import type { LookupRequest } from "./lookup-request.ts";

interface Document {
  entry: VersionEntry;
  published: PublishedDocument;
}

export interface FoundDocument extends Document, Provenance {}

/** Resolves a reference like `lookUp`, but answers the document itself, for what is made of it: schema, OpenAPI, checks of inputs. */
export async function findDocument(
  needs: LookUpNeeds,
  request: LookupRequest,
): Promise<Result<FoundDocument, Failure>> {
  const selector = parseSelector(request.selector ?? latestTag);
  if (!selector.ok) return selector;
  const found = await answerFresh(needs, request, async ({ index }): Promise<Result<Made<Document>, Failure>> => {
    const chosen = chooseVersion(index, selector.value);
    if (!chosen.ok) return chosen;
    const read = await readDocument(needs.documents, index, chosen.value);
    if (read === null) return missingDocument(index, chosen.value);
    return success({ value: { entry: chosen.value, published: read.published }, tier: read.tier });
  });
  if (!found.ok) return found;
  const { value, ...provenance } = found.value;
  return success({ ...value, ...provenance });
}
