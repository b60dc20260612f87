import type { DeliveryRow } from "../../bindings/d1/webhook/delivery-row.ts";
import { loadDelivery } from "../../bindings/d1/webhook/delivery-row.ts";
import {
  beginDelivery,
  type DeliveryEnd,
  endDelivery,
  postponeDelivery,
} from "../../bindings/d1/webhook/delivery-transitions.ts";
import { listSourceFiles } from "../../bindings/d1/webhook/source-files.ts";
import type { LeaseHolder } from "../../bindings/d1/webhook/source-lease.ts";
import type { SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import { HostAway, HostRefusal } from "../../bindings/host/host-client.ts";
import { limits } from "../../contract/limits.ts";
import { pendingStatus, refusalText } from "../../domain/webhook/commit-status.ts";
import { hookRetrySeconds } from "../../domain/webhook/hook-retry.ts";
import type { RegisterSourceNeeds } from "../function/register-source.ts";
import { counters } from "../metrics/counters.ts";
import { doPush } from "./do-push.ts";
import { hostClientOf } from "./host-client-of.ts";
import { keepOutcome } from "./keep-outcome.ts";
import { owesStatuses, type PostStatusNeeds, postOwedStatus, showStatus } from "./post-status.ts";
import { treeOfHook, treeOfHost } from "./pushed-tree.ts";
import { PushRefusal } from "./read-changed-files.ts";
import { pausedText } from "./receive-hook.ts";
import { RegistryAway } from "./register-files.ts";

export interface DeliveryNeeds extends RegisterSourceNeeds, PostStatusNeeds {
  blobs: R2Bucket;
}

/** A host that refuses may only not have what was pushed yet; after so many tries it means it. */
const triesWhenRefused = 4;

/** Does one delivery of a source that the caller has to itself. What cannot be done now is put off; nothing is ever half reported. */
export async function doDelivery(
  needs: DeliveryNeeds,
  source: SourceRow,
  queued: DeliveryRow,
  lease: LeaseHolder,
): Promise<void> {
  const delivery = await beginDelivery(needs.db, queued.id);
  if (delivery === null) return;
  try {
    const end = await carryOut(needs, source, delivery);
    if (!(await endDelivery(needs.db, lease, delivery.id, end, needs.now().toISOString()))) {
      // Somebody else has the source: this delivery is theirs to do again, and finds most of it done.
      console.error(
        JSON.stringify({ level: "error", webhook_delivery: delivery.id, error: "its source was taken over" }),
      );
      return;
    }
  } catch (error) {
    if (!(await putOff(needs, source, delivery, lease, error))) return;
  }
  const ended = await loadDelivery(needs.db, delivery.id);
  if (ended === null) return;
  counters.deliveriesIn.add(ended.state);
  await postOwedStatus(needs, source, ended);
}

async function carryOut(needs: DeliveryNeeds, source: SourceRow, delivery: DeliveryRow): Promise<DeliveryEnd> {
  if (source.state === "paused") return endOf({ state: "ignored", reason: pausedText });
  const host = await hostClientOf(needs, source);
  const known = await listSourceFiles(needs.db, source.name);
  const found =
    host === null ? await treeOfHook(needs.blobs, source, delivery, known) : await treeOfHost(host, source, delivery);
  if ("ignored" in found) return endOf({ state: "ignored", reason: found.ignored });
  if ("failed" in found) return endOf({ state: "failed", reason: found.failed, owesStatus: owesStatuses(source) });
  const { tree } = found;
  const owesStatus = owesStatuses(source) && tree.commit !== null;
  // Beside the work: a commit that does not show that it is looked at is no reason to wait.
  const pending =
    host !== null && owesStatus && tree.commit !== null
      ? showStatus(host, delivery, tree.commit, pendingStatus).catch(() => undefined)
      : null;
  try {
    const { outcome, files, update } = await doPush(needs, source, known, tree);
    const refused = refusalText(files);
    return endOf({
      state: refused === null ? "succeeded" : "failed",
      reason: refused,
      commit: tree.commit,
      ...(await keepOutcome(needs.blobs, delivery, outcome)),
      owesStatus,
      synced: update === null ? null : { commit: tree.commit, files: update },
    });
  } catch (error) {
    if (!(error instanceof PushRefusal)) throw error;
    return endOf({ state: "failed", reason: error.message, commit: tree.commit, owesStatus });
  } finally {
    // Else it could come after what the push came to.
    await pending;
  }
}

function endOf(end: Pick<DeliveryEnd, "state" | "reason"> & Partial<DeliveryEnd>): DeliveryEnd {
  return { commit: null, outcome: null, outcomeDigest: null, owesStatus: false, synced: null, ...end };
}

/** After a failure that is no author's: later, or, after many tries, never. True: it has ended. */
async function putOff(
  needs: DeliveryNeeds,
  source: SourceRow,
  { id, attempts }: DeliveryRow,
  lease: LeaseHolder,
  error: unknown,
): Promise<boolean> {
  const reason = reasonOf(error);
  console.error(JSON.stringify({ level: "error", webhook_delivery: id, attempts, error: String(error) }));
  const now = needs.now();
  if (attempts >= (error instanceof HostRefusal ? triesWhenRefused : limits.hookAttempts)) {
    const end = endOf({ state: "failed", reason, owesStatus: owesStatuses(source) });
    return endDelivery(needs.db, lease, id, end, now.toISOString());
  }
  const asked = error instanceof HostAway ? (error.retryAfterSeconds ?? 0) : 0;
  const wait = Math.max(hookRetrySeconds(attempts), Math.min(asked, 3600));
  await postponeDelivery(needs.db, id, reason, new Date(now.getTime() + wait * 1000).toISOString());
  return false;
}

function reasonOf(error: unknown): string {
  if (error instanceof HostAway || error instanceof HostRefusal || error instanceof RegistryAway) return error.message;
  // What a bug or an outage says may tell of our inside: the log has it.
  return "a part of the registry did not answer; it is tried again";
}
