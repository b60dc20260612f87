import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { lookupAtHand } from "../../operations/lookup/lookup-at-hand.ts";
import type { LookupMemory } from "../../operations/lookup/lookup-memory.ts";
import { counters } from "../../operations/metrics/counters.ts";
import { answerLookup } from "../answers/answer-lookup.ts";
import { isHttps, secureHeaders } from "../answers/secure-headers.ts";
import { chooseMediaType } from "../requests/choose-media-type.ts";
import { readMinSeq } from "../requests/min-seq.ts";
import { requestIdOf } from "../requests/request-id.ts";

const before = [
  { kind: "template", path: "/v1/templates/" },
  { kind: "function", path: "/v1/functions/" },
  { kind: "workflow", path: "/v1/workflows/" },
  { kind: "agent", path: "/v1/agents/" },
] as const;

/**
 * `GET /v1/{templates,functions,workflows,agents}/{reference}` as memory can answer it at once, as it can nearly always: no router, no schemas, no promise,
 * since those cost more than the lookup itself (docs/benchmarks.md). Null for everything else, and so for all that might be
 * refused: lookup-routes.ts then answers, and the two never differ in what they say. It asks for no token: it is
 * for registries whose reads are public.
 */
export function quickLookup(memory: LookupMemory, request: Request, now: number): Response | null {
  if (request.method !== "GET") return null;
  const asked = referenceOf(request.url);
  if (asked === null) return null;
  const { name, selector } = splitReference(asked.reference);
  const found = lookupAtHand(memory, asked.kind, name, selector, now);
  if (found === null) return null;

  const { headers } = request;
  const minSeq = readMinSeq(request);
  if (!minSeq.ok || minSeq.value > found.seq) return null;
  const mediaType = chooseMediaType(asked.kind, headers.get("accept"));
  if (!mediaType.ok || mediaType.value !== "document") return null;
  const secure = secureHeaders({ isPublic: true, isHttps: isHttps(request) });
  counters.lookups.add("memory");
  counters.lookupAge.observe((memory.view.unprovenMs(now) ?? 0) / 1000);
  return answerLookup(found, headers.get("if-none-match"), requestIdOf(request), secure);
}

/** The reference in a URL that is a lookup and nothing more: no query, no further segment. */
function referenceOf(url: string): { kind: ArtifactKind; reference: string } | null {
  const pathAt = url.indexOf("/", url.indexOf("://") + 3);
  const found = before.find(({ path }) => url.startsWith(path, pathAt));
  if (found === undefined) return null;
  const { kind, path } = found;
  const written = url.slice(pathAt + path.length);
  if (/[/?#]/.test(written)) return null;
  if (!written.includes("%")) return { kind, reference: written };
  try {
    return { kind, reference: decodeURIComponent(written) };
  } catch {
    return null;
  }
}
