import type { DeliveryRow } from "../../bindings/d1/webhook/delivery-row.ts";
import { noteStatus } from "../../bindings/d1/webhook/owed-statuses.ts";
import type { SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import { HostAway, type HostClient, HostRefusal } from "../../bindings/host/host-client.ts";
import { type CommitStatus, commitStatusOf } from "../../domain/webhook/commit-status.ts";
import { statusRetrySeconds } from "../../domain/webhook/hook-retry.ts";
import { type AskHostNeeds, hostClientOf } from "./host-client-of.ts";

export interface PostStatusNeeds extends AskHostNeeds {
  db: D1Database;
}

/** Whether commits of a source are to show what came of them. */
export function owesStatuses({ settings, credential, provider }: SourceRow): boolean {
  return settings.statuses && credential !== null && provider !== "generic";
}

/** Shows something on a commit. */
export async function showStatus(
  host: HostClient,
  delivery: Pick<DeliveryRow, "source" | "id" | "registry_url">,
  commit: string,
  status: CommitStatus,
): Promise<void> {
  const { source, id, registry_url: registryUrl } = delivery;
  const url = `${registryUrl}/#/webhooks/${source}/${id}`;
  await host.postStatus(commit, { ...status, context: `callsheet/${source}`, url });
}

/** Shows on its commit what came of a delivery that has ended. What fails is tried again on its own: the work stays done. */
export async function postOwedStatus(needs: PostStatusNeeds, source: SourceRow, delivery: DeliveryRow): Promise<void> {
  const { commit_id: commit, finished_at } = delivery;
  const status = commitStatusOf(delivery);
  if (delivery.status_posted !== "waiting" || finished_at === null) return;
  if (status === null || commit === null || !owesStatuses(source)) {
    await noteStatus(needs.db, delivery, "given_up");
    return;
  }
  try {
    const host = await hostClientOf(needs, source);
    if (host !== null) await showStatus(host, delivery, commit, status);
    await noteStatus(needs.db, delivery, "posted");
  } catch (error) {
    if (!(error instanceof HostAway) && !(error instanceof HostRefusal)) throw error;
    console.error(JSON.stringify({ level: "error", webhook_status: delivery.id, error: error.message }));
    await noteStatus(needs.db, delivery, afterFailure(error, needs.now(), finished_at));
  }
}

function afterFailure(
  error: HostAway | HostRefusal,
  now: Date,
  owedSince: string,
): "given_up" | { tryAgainAt: string } {
  if (error instanceof HostRefusal) return "given_up";
  const seconds = statusRetrySeconds((now.getTime() - Date.parse(owedSince)) / 1000);
  if (seconds === null) return "given_up";
  const wait = Math.max(seconds, error.retryAfterSeconds ?? 0);
  return { tryAgainAt: new Date(now.getTime() + wait * 1000).toISOString() };
}
