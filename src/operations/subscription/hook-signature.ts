import { Webhook } from "standardwebhooks";

/** Standard Webhooks: a secret has from 24 to 64 bytes. */
const secretBytes = { least: 24, most: 64 };

/** Why a text is no secret of Standard Webhooks; null where it is one. */
export function refuseHookSecret(secret: string): string | null {
  try {
    const { byteLength } = Uint8Array.from(atob(secret.slice(secretPrefix.length)), (char) => char.charCodeAt(0));
    // Must be readable by the library that signs as well: it is stricter about padding.
    new Webhook(secret);
    if (byteLength >= secretBytes.least && byteLength <= secretBytes.most) return null;
    return `it holds ${byteLength} bytes, not ${secretBytes.least} to ${secretBytes.most}`;
  } catch {
    return "what follows whsec_ is no base64";
  }
}

const secretPrefix = "whsec_";

/** A secret of these bytes, as Standard Webhooks write it. */
export function hookSecretOf(bytes: Uint8Array): string {
  return `${secretPrefix}${btoa(String.fromCharCode(...bytes))}`;
}

/** What is shown of a secret, to tell it from others. */
export function hintOf(secret: string): string {
  return `${secret.slice(0, secretPrefix.length + 4)}…`;
}

/** What is signed: Standard Webhooks sign id, time and body together. */
export interface SignedParts {
  id: string;
  at: Date;
  body: string;
}

/** The headers of one try: a signature by each secret, in their order, with spaces between. */
export function signatureHeaders(secrets: readonly string[], { id, at, body }: SignedParts): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}
