import { deletePublisher } from "../../bindings/d1/access/publisher-row.ts";
import type { TrustedPublisher } from "../../contract/access/publisher.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** Trusts a publisher no longer; tokens that it has got live on until they expire. */
export async function removePublisher(db: D1Database, id: string): Promise<Result<TrustedPublisher, Failure>> {
  const removed = await deletePublisher(db, id);
  if (removed !== null) return success(removed);
  const message = `there is no trusted publisher ${id}; GET /v1/trusted-publishers lists them`;
  return refusal({ code: "PUBLISHER_NOT_FOUND", message });
}
