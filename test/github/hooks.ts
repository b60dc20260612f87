import { createHmac, randomBytes, randomUUID } from "node:crypto";

/** A webhook of a repository. */
export interface Hook {
  id: number;
  url: string;
  secret: string;
  contentType: "json" | "form";
  events: readonly string[];
}

/** A delivery as the host's own log tells it. */
export interface HookDelivery {
  /** In `X-GitHub-Delivery`; a redelivery has the same. */
  guid: string;
  event: string;
  hook: Hook;
  repositoryId: number;
  /** The bytes that are sent and signed. */
  body: string;
  /** Every attempt: the answer's status, 0 where none came, and what it said. */
  attempts: { status: number; text: string; sentAt: number; answeredAt: number }[];
}

/** How deliveries leave. `hold`: none does until it is released. */
export interface HookPosts {
  deliveries: HookDelivery[];
  /** Makes a delivery and sends it, unless deliveries are held. */
  post(hook: Hook, event: string, repositoryId: number, payload: object): HookDelivery;
  hold(): void;
  heldCount(): number;
  /** Sends what is held, one after the other, in an order of the caller's. */
  release(order?: (held: HookDelivery[]) => readonly HookDelivery[]): Promise<void>;
  /** Sends a delivery again: the same id, the same bytes. */
  redeliver(delivery: HookDelivery): Promise<void>;
  /** So many times each is sent from now on. */
  copies: number;
  /** When all that was sent is answered. */
  settled(): Promise<void>;
}

/** GitHub gives up on a receiver after ten seconds, and does not try again by itself. */
const answerMs = 10_000;

/** The host's sender of webhooks. */
export function openHookPosts(): HookPosts {
  const held: HookDelivery[] = [];
  const underWay = new Set<Promise<void>>();
  let isHolding = false;
  const sendNow = (delivery: HookDelivery): Promise<void> => {
    const sending = send(delivery).finally(() => underWay.delete(sending));
    underWay.add(sending);
    return sending;
  };
  const posts: HookPosts = {
    deliveries: [],
    copies: 1,
    post(hook, event, repositoryId, payload) {
      const delivery = { guid: randomUUID(), event, hook, repositoryId, body: bodyOf(hook, payload), attempts: [] };
      posts.deliveries.push(delivery);
      for (let copy = 0; copy < posts.copies; copy++) {
        if (isHolding) held.push(delivery);
        else void sendNow(delivery);
      }
      return delivery;
    },
    hold() {
      isHolding = true;
    },
    heldCount: () => held.length,
    async release(order = (all) => all) {
      isHolding = false;
      for (const delivery of order(held.splice(0))) await sendNow(delivery);
    },
    redeliver: sendNow,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
  return posts;
}

function bodyOf({ contentType }: Hook, payload: object): string {
  const json = JSON.stringify(payload);
  return contentType === "json" ? json : new URLSearchParams({ payload: json }).toString();
}

/** The headers of a delivery, signed as GitHub signs. */
export function headersOf({ guid, event, hook, repositoryId, body }: HookDelivery): Record<string, string> {
  const sign = (algorithm: string) => createHmac(algorithm, hook.secret).update(body).digest("hex");
  return {
    accept: "*/*",
    "content-type": hook.contentType === "json" ? "application/json" : "application/x-www-form-urlencoded",
    "user-agent": `GitHub-Hookshot/${randomBytes(4).toString("hex").slice(0, 7)}`,
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(hook.id),
    "x-github-hook-installation-target-id": String(repositoryId),
    "x-github-hook-installation-target-type": "repository",
    "x-hub-signature": `sha1=${sign("sha1")}`,
    "x-hub-signature-256": `sha256=${sign("sha256")}`,
  };
}

async function send(delivery: HookDelivery): Promise<void> {
  const sentAt = performance.now();
  try {
    const response = await fetch(delivery.hook.url, {
      method: "POST",
      headers: headersOf(delivery),
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.timeout(answerMs),
    });
    const text = await response.text();
    delivery.attempts.push({ status: response.status, text, sentAt, answeredAt: performance.now() });
  } catch (error) {
    delivery.attempts.push({ status: 0, text: String(error), sentAt, answeredAt: performance.now() });
  }
}
