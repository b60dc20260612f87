import { loadHeadSeq } from "../../bindings/d1/announcement/head-seq.ts";
import type { Listening } from "../../bindings/durable/listening.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

export interface FollowNeeds {
  db: D1Database;
  /** Listens at the region's hub. Null: too many do. */
  listen: (asked: Listening) => Promise<WebSocket | null>;
}

/** Follows changes: those after `after`, or, where that is null, those that come from now on. */
export async function followChanges(
  { db, listen }: FollowNeeds,
  { after, ...asked }: Omit<Listening, "after"> & { after: number | null },
): Promise<Result<WebSocket, Failure>> {
  const head = await loadHeadSeq(db);
  if (after !== null && after > head) {
    // A registry that was restored from a backup: what that listener knows never was.
    const message = `there is no change ${after} to go on from, the newest is ${head}; ask without it, or for a page of what there is`;
    return refusal({ code: "INVALID_REQUEST", message });
  }
  const socket = await listen({ ...asked, after: after ?? head });
  if (socket !== null) return success(socket);
  const message = `${limits.listenersPerHub} listen in this region, and more are not taken; try again, or read pages`;
  return refusal({ code: "UNAVAILABLE", message, retryAfterSeconds: 10 });
}
