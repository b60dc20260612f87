import { Webhook } from "standardwebhooks";
import { expect } from "vitest";
import { type HookAnswer, hookAnswer } from "../../src/contract/http/webhooks.ts";
import { type FileOutcome, type IncomingDelivery, incomingDelivery } from "../../src/contract/webhook/delivery.ts";
import { webhookSource } from "../../src/contract/webhook/source.ts";
import { ask, askJson } from "./a-registry.ts";

let numbered = 0;
const run = crypto.randomUUID().slice(0, 8);

/** A name that no other source of any test has. */
export function aSourceName(): string {
  numbered += 1;
  return `hooks-${run}-${numbered}`;
}

export interface MadeSource {
  name: string;
  provider: string;
  secret: string;
}

/** A source that takes everything, unless a test says otherwise; with the secret that the registry made. */
export async function aSource(parts: Record<string, unknown> = {}): Promise<MadeSource> {
  const { provider = "generic", name = aSourceName(), ...rest } = parts;
  const response = await askJson("POST", "/v1/webhook-sources", {
    name,
    provider,
    repository: `acme/${name}`,
    ...rest,
  });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  const made = webhookSource.extend({ secret: webhookSource.shape.secret_hint.nullable() }).parse(JSON.parse(text));
  return { name: made.name, provider: made.provider, secret: made.secret ?? String(parts.secret) };
}

export interface Push {
  files?: Record<string, string | object>;
  removed?: string[];
  commit?: string | null;
  ref?: string | null;
  id?: string;
  at?: Date;
  secret?: string;
}

/** The body of a generic push. */
export function pushBody({ files = {}, removed = [], commit = null, ref = null }: Push): string {
  const listed = Object.entries(files).map(([path, content]) => ({
    path,
    content: typeof content === "string" ? content : JSON.stringify(content, null, 2),
  }));
  return JSON.stringify({ type: "push", data: { commit, ref, files: listed, removed } });
}

/** Sends bytes to a source's hook, signed as Standard Webhooks say. */
export function sendSigned(source: MadeSource, body: string, push: Push = {}): Promise<Response> {
  const { id = crypto.randomUUID(), at = new Date(), secret = source.secret } = push;
  return ask("POST", `/v1/webhooks/${source.provider}/${source.name}`, {
    token: null,
    body,
    type: "application/json",
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    },
  });
}

export async function hookAnswerOf(response: Response, status: number): Promise<HookAnswer> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return hookAnswer.parse(JSON.parse(text));
}

/** Pushes, and waits until the push is done. */
export async function push(source: MadeSource, given: Push): Promise<IncomingDelivery> {
  const { delivery_id: id } = await hookAnswerOf(await sendSigned(source, pushBody(given), given), 202);
  return whenDone(source, id ?? "");
}

export async function getDelivery(source: MadeSource, id: string): Promise<IncomingDelivery> {
  const response = await ask("GET", `/v1/webhook-sources/${source.name}/deliveries/${id}`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return incomingDelivery.parse(JSON.parse(text));
}

/** A delivery once it has ended. */
export async function whenDone(source: MadeSource, id: string): Promise<IncomingDelivery> {
  for (;;) {
    const delivery = await getDelivery(source, id);
    if (delivery.state !== "queued" && delivery.state !== "working") return delivery;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What became of each file, by its path. */
export function statusesOf({ outcome }: IncomingDelivery): Record<string, FileOutcome["status"]> {
  return Object.fromEntries((outcome?.files ?? []).map(({ path, status }) => [path, status]));
}
