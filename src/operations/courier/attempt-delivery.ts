import type { SubscriptionRow } from "../../bindings/d1/subscription/subscription-row.ts";
import { liveSecrets } from "../../domain/subscription/subscription-secrets.ts";
import { signatureHeaders } from "../subscription/hook-signature.ts";
import type { OpenCourier } from "./open-courier.ts";
import { type Posted, postDelivery } from "./post-delivery.ts";

/** Sends a delivery once, signed by all secrets that are live now. */
export async function attemptDelivery(
  courier: Pick<OpenCourier, "sealer" | "fetch" | "mayAskPrivate" | "nowMs" | "userAgent">,
  subscription: SubscriptionRow,
  { id, body }: { id: string; body: string },
): Promise<Posted> {
  const at = new Date(courier.nowMs());
  const opened = await Promise.all(
    liveSecrets(subscription.secrets, at).map(({ sealed }) => courier.sealer.open(sealed)),
  );
  const secrets = opened.filter((secret) => secret !== null);
  if (secrets.length === 0) return { attempt: unsigned(at), retryAfterMs: null };
  const { url, redirects } = subscription.settings;
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": courier.userAgent,
    ...signatureHeaders(secrets, { id, at, body }),
  };
  return postDelivery(courier, { url, redirects, headers, body });
}

/** The registry's signing key was changed, and the one before it is not known any more. */
function unsigned(at: Date): Posted["attempt"] {
  const error =
    "nothing is sent without a signature, and this registry cannot open the subscription's secret: rotate it";
  return { at: at.toISOString(), duration_ms: 0, status: null, error, redirects: [], answer: null };
}
