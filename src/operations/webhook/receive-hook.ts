import { type DeliveryRow, insertDelivery, type NewDelivery } from "../../bindings/d1/webhook/delivery-row.ts";
import { loadSource, type SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import { sendHook, type WebhookEvents } from "../../bindings/queue/webhook-events.ts";
import { deleteHookText, putHookText } from "../../bindings/r2/webhook-store.ts";
import type { Failure } from "../../contract/failure.ts";
import type { HookAnswer } from "../../contract/http/webhooks.ts";
import type { GenericPush } from "../../contract/webhook/delivery.ts";
import type { Sealer } from "../../domain/access/sealer.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { HookMeaning } from "../../domain/webhook/hook-meaning.ts";
import { readGenericHook } from "../../domain/webhook/read-generic-hook.ts";
import { readGithubHook, readGitlabHook } from "../../domain/webhook/read-host-push.ts";
import { checkSignature, type SignedHook } from "./check-signature.ts";
import { newDeliveryId } from "./delivery-id.ts";
import { readHookBody } from "./read-hook-body.ts";

export interface ReceiveHookNeeds {
  db: D1Database;
  blobs: R2Bucket;
  webhookEvents: WebhookEvents;
  sealer: Sealer;
  now: () => Date;
}

/** A hook as it came in. */
export interface IncomingHook extends SignedHook {
  source: string;
  /** How its sender reaches this registry. */
  registryUrl: string;
}

/** Takes a webhook: checked, kept, and put on its way. What it asks for is done after it is answered. */
export async function receiveHook(needs: ReceiveHookNeeds, hook: IncomingHook): Promise<Result<HookAnswer, Failure>> {
  const source = await loadSource(needs.db, hook.source);
  if (source === null || source.provider !== hook.provider) {
    const message = `there is no ${hook.provider} source ${hook.source} that hooks could be sent to`;
    return refusal({ code: "SOURCE_NOT_FOUND", message });
  }
  const secret = await needs.sealer.open(source.secret);
  if (secret === null) {
    const message = `the secret of the source ${source.name} cannot be opened since the registry's signing key was changed; set it anew`;
    return refusal({ code: "UNAVAILABLE", message });
  }
  const signed = await checkSignature(hook, secret);
  if (!signed.ok) return signed;
  const read = readHook(hook, source);
  if (!read.ok) return read;
  const { meaning, hostId, push } = read.value;
  if (meaning.type === "pong")
    return success({ delivery_id: null, status: "pong", message: "the hook is set up well" });
  if (meaning.type === "ignored") return success({ delivery_id: null, status: "ignored", message: meaning.reason });
  return keep(needs, hook, source, { ...meaning, hostId, push });
}

interface ReadHook {
  meaning: HookMeaning;
  hostId: string;
  push: GenericPush | null;
}

function readHook({ provider, headers, body }: IncomingHook, { settings }: SourceRow): Result<ReadHook, Failure> {
  const json = readHookBody(body, headers.get("content-type"));
  if (!json.ok) return json;
  if (provider === "generic") {
    const hostId = idOf(headers.get("webhook-id"), "webhook-id");
    if (!hostId.ok) return hostId;
    const read = readGenericHook(json.value, settings);
    return read.ok ? success({ ...read.value, hostId: hostId.value }) : read;
  }
  const isGithub = provider === "github";
  const eventHeader = isGithub ? "X-GitHub-Event" : "X-Gitlab-Event";
  const event = idOf(headers.get(eventHeader), eventHeader);
  if (!event.ok) return event;
  const hostId = isGithub
    ? idOf(headers.get("x-github-delivery"), "X-GitHub-Delivery")
    : // Older GitLabs send no id: then the body is what tells deliveries apart.
      idOf(gitlabId(headers) ?? digestOfBytes(body), "X-Gitlab-Event-UUID");
  if (!hostId.ok) return hostId;
  const meaning = (isGithub ? readGithubHook : readGitlabHook)(event.value, json.value, settings);
  return meaning.ok ? success({ meaning: meaning.value, hostId: hostId.value, push: null }) : meaning;
}

/** The same for each try of one delivery to one hook. */
function gitlabId(headers: Headers): string | null {
  return headers.get("webhook-id") ?? headers.get("idempotency-key") ?? headers.get("x-gitlab-event-uuid");
}

function idOf(given: string | null, header: string): Result<string, Failure> {
  if (given !== null && /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(given)) return success(given);
  const found = given === null ? "is missing" : "is not one line of at most 200 visible characters";
  return refusal({ code: "INVALID_REQUEST", message: `the header ${header} ${found}` });
}

interface KeptPush extends Extract<HookMeaning, { type: "push" }> {
  hostId: string;
  push: GenericPush | null;
}

async function keep(
  needs: ReceiveHookNeeds,
  hook: IncomingHook,
  source: SourceRow,
  { event, ref, commit, pusher, hostId, push }: KeptPush,
): Promise<Result<HookAnswer, Failure>> {
  const now = needs.now().toISOString();
  const isPaused = source.state === "paused";
  const delivery: NewDelivery = {
    ...{ id: newDeliveryId(), source: source.name, host_id: hostId, registry_url: hook.registryUrl },
    body_digest: digestOfBytes(identity(hook, hostId)),
    ...{ event, ref, commit_id: commit, pusher },
    state: isPaused ? "ignored" : "queued",
    reason: isPaused ? pausedText : null,
    received_at: now,
    finished_at: isPaused ? now : null,
  };
  // Before the row: what was acknowledged has its files.
  if (push !== null) await putHookText(needs.blobs, delivery, "body", JSON.stringify(push));
  const first = await insertDelivery(needs.db, delivery);
  if (first !== null) {
    if (push !== null) await deleteHookText(needs.blobs, delivery, "body");
    return success(duplicateOf(first));
  }
  if (isPaused) return success({ delivery_id: delivery.id, status: "ignored", message: pausedText });
  await sendHook(needs.webhookEvents, delivery.id);
  const message = `kept; what comes of it: GET /v1/webhook-sources/${source.name}/deliveries/${delivery.id}`;
  return success({ delivery_id: delivery.id, status: "queued", message });
}

/** What is said of pushes to a source that is paused. */
export const pausedText = "the source is paused; resume it and sync it, to be where its branch is";

/**
 * What makes a delivery the same as one before. GitHub's signature covers the body alone, so a body that was here is a delivery that was
 * here, whatever id it comes with; where the id is signed too, or is no secret's business, the same files may be pushed twice.
 */
function identity({ provider, body }: IncomingHook, hostId: string): Uint8Array {
  if (provider === "github") return body;
  const id = new TextEncoder().encode(`${hostId}\n`);
  const bytes = new Uint8Array(id.byteLength + body.byteLength);
  bytes.set(id);
  bytes.set(body, id.byteLength);
  return bytes;
}

function duplicateOf({ id, state }: Pick<DeliveryRow, "id" | "state">): HookAnswer {
  const again = state === "failed" ? "; to have it done again, redeliver it here" : "";
  return { delivery_id: id, status: "duplicate", message: `this delivery was here before, and is ${state}${again}` };
}
