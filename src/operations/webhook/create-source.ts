import { bytesToHex } from "@noble/hashes/utils.js";
import { insertSource, type SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import {
  type HookProvider,
  type SourceRequest,
  sourceSettings,
  type WebhookSource,
} from "../../contract/webhook/source.ts";
import type { Sealer } from "../../domain/access/sealer.ts";
import { privateHost } from "../../domain/agent/private-host.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { isStandardSecret } from "./check-signature.ts";
import { sourceOf } from "./find-source.ts";

export interface SourceNeeds {
  db: D1Database;
  sealer: Sealer;
  mayAskPrivate: boolean;
  now: () => Date;
}

/** Adds a source. Answers the secret too where the registry made it: that is the only time it is told. */
export async function createSource(
  needs: SourceNeeds,
  request: SourceRequest,
  by: string,
): Promise<Result<WebhookSource & { secret: string | null }, Failure>> {
  const { name, provider, secret: given, credential, ...rest } = request;
  const settings = sourceSettings.parse(rest);
  const refused = refuseAddress(needs, settings.api_url) ?? refuseSecret(provider, given);
  if (refused !== null) return refusal(refused);
  const secret = given ?? newSecret(provider);
  const row: Omit<SourceRow, "synced_commit" | "synced_at" | "files"> = {
    ...{ name, provider, settings, state: "active" as const },
    secret: await needs.sealer.seal(secret),
    secret_hint: hintOf(secret),
    credential: credential === null ? null : await needs.sealer.seal(credential),
    created_at: needs.now().toISOString(),
    created_by: by,
  };
  const inserted = await insertSource(needs.db, row);
  if (inserted === "taken") {
    const message = `there is a webhook source ${name} already; change it with PUT, or take another name`;
    return refusal({ code: "STATE_CONFLICT", message });
  }
  if (inserted === "full") {
    const message = `there are ${limits.webhookSources} webhook sources, the most there can be; remove one first`;
    return refusal({ code: "LIMIT_REACHED", message });
  }
  const told = sourceOf({ ...row, synced_commit: null, synced_at: null, files: 0 });
  return success({ ...told, secret: given === undefined ? secret : null });
}

/** Why an API's address is not taken; null when it is. */
export function refuseAddress({ mayAskPrivate }: Pick<SourceNeeds, "mayAskPrivate">, apiUrl?: string): Failure | null {
  if (apiUrl === undefined) return null;
  const url = new URL(apiUrl);
  if (url.username !== "" || url.password !== "") {
    return { code: "INVALID_REQUEST", message: "api_url has a user or a password in it; give the token as credential" };
  }
  if (url.search !== "" || url.hash !== "") {
    return { code: "INVALID_REQUEST", message: "api_url ends with its path: what follows ? or # is of no use" };
  }
  if (mayAskPrivate) return null;
  if (url.protocol !== "https:") {
    return {
      code: "INVALID_REQUEST",
      message: "api_url must be https, so that nobody reads the credential on its way",
    };
  }
  const why = privateHost(url.hostname);
  return why === null ? null : { code: "INVALID_REQUEST", message: `api_url cannot be asked by this registry: ${why}` };
}

/** Why a secret is not taken; null when it is, or when none is given. */
export function refuseSecret(provider: HookProvider, secret?: string): Failure | null {
  if (secret === undefined || provider !== "generic" || isStandardSecret(secret)) return null;
  const message =
    "the secret of a generic source is whsec_ and the base64 of 24 to 64 random bytes, as Standard Webhooks say; leave it out and the registry makes one";
  return { code: "INVALID_REQUEST", message };
}

/** What people tell secrets apart by. */
export function hintOf(secret: string): string {
  const isStandard = secret.startsWith("whsec_");
  return `${secret.slice(0, isStandard ? "whsec_".length + 4 : 4)}…`;
}

function newSecret(provider: HookProvider): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return provider === "generic" ? `whsec_${btoa(String.fromCharCode(...bytes))}` : bytesToHex(bytes);
}
