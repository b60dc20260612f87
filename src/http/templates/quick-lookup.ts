import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { lookupAtHand } from "../../operations/lookup/lookup-at-hand.ts";
import type { LookupMemory } from "../../operations/lookup/lookup-memory.ts";
import { answerLookup } from "../answers/answer-lookup.ts";
import { chooseMediaType } from "../requests/choose-media-type.ts";
import { readMinSeq } from "../requests/min-seq.ts";

const before = "/v1/templates/";

/**
 * `GET /v1/templates/{reference}` as memory can answer it at once, as it can nearly always: no router, no schemas, no promise,
 * since those cost more than the lookup itself (docs/benchmarks.md). Null for everything else, and so for all that might be
 * refused: lookup-routes.ts then answers, and the two never differ in what they say. Reads are public; if they ever are not,
 * this must ask too.
 */
export function quickLookup(memory: LookupMemory, request: Request, now: number): Response | null {
  if (request.method !== "GET") return null;
  const written = referenceOf(request.url);
  if (written === null) return null;
  const { name, selector } = splitReference(written);
  const found = lookupAtHand(memory, "template", name, selector, now);
  if (found === null) return null;

  const { headers } = request;
  const minSeq = readMinSeq(request);
  if (!minSeq.ok || minSeq.value > found.seq) return null;
  const mediaType = chooseMediaType(headers.get("accept"));
  if (!mediaType.ok || mediaType.value !== "application/json") return null;
  return answerLookup(found, headers.get("if-none-match"), crypto.randomUUID());
}

/** The reference in a URL that is a lookup and nothing more: no query, no further segment. */
function referenceOf(url: string): string | null {
  const pathAt = url.indexOf("/", url.indexOf("://") + 3);
  if (!url.startsWith(before, pathAt)) return null;
  const written = url.slice(pathAt + before.length);
  if (/[/?#]/.test(written)) return null;
  if (!written.includes("%")) return written;
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}
