import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { HookProvider } from "../../contract/webhook/source.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** What a hook came with. */
export interface SignedHook {
  provider: HookProvider;
  headers: Headers;
  /** As it was sent: not a byte of it has been read as anything yet. */
  body: Uint8Array<ArrayBuffer>;
}

/** Whether a hook was signed with a source's secret, as its host signs. Takes the same time whatever is wrong with a signature. */
export async function checkSignature(hook: SignedHook, secret: string): Promise<Result<null, Failure>> {
  switch (hook.provider) {
    case "github":
      return checkGithub(hook, secret);
    case "gitlab":
      return hook.headers.has("webhook-signature") ? checkStandard(hook, secret) : checkGitlab(hook, secret);
    case "generic":
      return checkStandard(hook, secret);
  }
}

/** Whether a secret is one that Standard Webhooks can be signed with: `whsec_` and the base64 of 24 to 64 bytes. */
export function isStandardSecret(secret: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  if (base64 === undefined || base64.length % 4 !== 0) return false;
  const sizeBytes = atob(base64).length;
  return sizeBytes >= 24 && sizeBytes <= 64;
}

async function checkGithub({ headers, body }: SignedHook, secret: string): Promise<Result<null, Failure>> {
  const given = headers.get("x-hub-signature-256");
  if (given === null) {
    const older = headers.has("x-hub-signature") ? "; X-Hub-Signature alone is SHA-1, which is not taken" : "";
    return refuse(`the header X-Hub-Signature-256 is missing${older}: give the hook its secret`);
  }
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(given) ?? [];
  if (hex === undefined) return refuse("the header X-Hub-Signature-256 is not sha256= and 64 hex digits");
  const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["verify"]);
  if (await crypto.subtle.verify("HMAC", key, signature, body)) return success(null);
  return refuse("X-Hub-Signature-256 does not fit the body: it was signed with another secret, or changed on its way");
}

async function checkGitlab({ headers }: SignedHook, secret: string): Promise<Result<null, Failure>> {
  const given = headers.get("x-gitlab-token");
  if (given === null) return refuse("the header X-Gitlab-Token is missing: give the hook its secret token");
  const [a, b] = await Promise.all(
    [given, secret].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  if (a !== undefined && b !== undefined && crypto.subtle.timingSafeEqual(a, b)) return success(null);
  return refuse("X-Gitlab-Token is not the source's secret");
}

/** https://www.standardwebhooks.com: the library checks the age too, by the same limit as ours. */
function checkStandard({ headers, body }: SignedHook, secret: string): Result<null, Failure> {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const missing = names.filter((name) => !headers.get(name));
  if (missing.length > 0)
    return refuse(
      `the ${missing.length === 1 ? "header" : "headers"} ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing: sign as Standard Webhooks say`,
    );
  if (!isStandardSecret(secret)) {
    return refuse("the source's secret is not whsec_ and base64, so nothing can be signed with it: set another");
  }
  const given = Object.fromEntries(names.map((name) => [name, headers.get(name) ?? ""]));
  try {
    // Bytes that are no UTF-8 become others here, and so do not fit any signature.
    new Webhook(secret).verify(new TextDecoder().decode(body), given, { jsonParse: false });
    return success(null);
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    if (/timestamp/i.test(error.message)) {
      return refuse(
        `webhook-timestamp is more than ${limits.hookAgeSeconds} s away from now: sign the hook anew when it is sent again`,
      );
    }
    return refuse(
      "no signature in webhook-signature fits id, timestamp and body: it was signed with another secret, or changed on its way",
    );
  }
}

function refuse(message: string): Result<never, Failure> {
  return refusal({ code: "SIGNATURE_INVALID", message });
}
