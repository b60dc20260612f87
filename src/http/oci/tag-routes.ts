import { listTags } from "../../operations/oci/tag/list-tags.ts";
import { answerOciFailure } from "./answer-failure.ts";
import type { OciAsked } from "./asked.ts";
import { cutPage, readPage } from "./page-query.ts";

/** `GET /v2/{repository}/tags/list`. */
export async function answerTags({ url, repository, needs }: OciAsked): Promise<Response> {
  const page = readPage(url);
  if (!page.ok) return answerOciFailure(page.failure);
  const { n, last } = page.value;
  const tags = await listTags(needs, repository, { last, limit: n + 1 });
  if (!tags.ok) return answerOciFailure(tags.failure);
  const { items, headers } = cutPage(url, page.value, tags.value);
  return Response.json({ name: repository, tags: items }, { headers: { "Cache-Control": "no-cache", ...headers } });
}
