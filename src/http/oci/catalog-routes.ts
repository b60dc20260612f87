import { listRepositoryRows } from "../../bindings/d1/oci/repository-row.ts";
import type { Needs } from "../needs.ts";
import { answerOciFailure } from "./answer-failure.ts";
import { cutPage, readPage } from "./page-query.ts";

/** `GET /v2/_catalog`: no part of OCI, but what `oras repo ls` and `crane catalog` ask for. */
export async function answerCatalog(url: URL, { db }: Pick<Needs, "db">, names: readonly string[]): Promise<Response> {
  const page = readPage(url);
  if (!page.ok) return answerOciFailure(page.failure);
  const { n, last } = page.value;
  const repositories = await listRepositoryRows(db, { last, limit: n + 1, names });
  const { items, headers } = cutPage(url, page.value, repositories);
  return Response.json({ repositories: items }, { headers: { "Cache-Control": "no-cache", ...headers } });
}
