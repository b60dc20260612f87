import { Webhook } from "standardwebhooks";

/** Files of a push, as a host that signs by Standard Webhooks sends them along. */
export interface GenericPush {
  files?: { path: string; content: string }[];
  removed?: string[];
  commit?: string;
}

/** Sends a push to the hook of a generic source; the answer as it is. `id` is the host's own of it: once for each push. */
export async function sendGenericPush(url: string, secret: string, id: string, push: GenericPush): Promise<unknown> {
  const at = new Date();
  const data = { commit: "c0ffee0", ref: "refs/heads/main", pusher: "ann", files: [], removed: [], ...push };
  const body = JSON.stringify({ type: "push", timestamp: at.toISOString(), data });
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
  const response = await fetch(url, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`the hook was answered ${response.status}: ${await response.text()}`);
  return response.json();
}
