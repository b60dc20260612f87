import { updateSource } from "../../bindings/d1/webhook/source-row.ts";
import type { Failure } from "../../contract/failure.ts";
import {
  type SourceChange,
  type SourceSettings,
  sourceSettings,
  type WebhookSource,
} from "../../contract/webhook/source.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { hintOf, refuseAddress, refuseSecret, type SourceNeeds } from "./create-source.ts";
import { findSource, sourceOf } from "./find-source.ts";

/** Changes a source. What is left out stays; another repository or branch begins anew. */
export async function changeSource(
  needs: SourceNeeds,
  name: string,
  change: SourceChange,
): Promise<Result<WebhookSource, Failure>> {
  const found = await findSource(needs.db, name);
  if (!found.ok) return found;
  const row = found.value;
  const { state = row.state, secret, credential, ...given } = change;
  const refused = refuseAddress(needs, given.api_url) ?? refuseSecret(row.provider, secret);
  if (refused !== null) return refusal(refused);
  const settings = settingsAfter(row.settings, given);
  const sealed = {
    secret: secret === undefined ? row.secret : await needs.sealer.seal(secret),
    secret_hint: secret === undefined ? row.secret_hint : hintOf(secret),
    credential: credential === undefined ? row.credential : await sealOrNull(needs, credential),
  };
  const isElsewhere = settings.repository !== row.settings.repository || settings.branch !== row.settings.branch;
  await updateSource(needs.db, { name, settings, state, ...sealed }, isElsewhere);
  const changed = await findSource(needs.db, name);
  return changed.ok ? success(sourceOf(changed.value)) : changed;
}

function settingsAfter(
  before: SourceSettings,
  given: Omit<SourceChange, "state" | "secret" | "credential">,
): SourceSettings {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return sourceSettings.parse({ ...before, ...said });
}

async function sealOrNull({ sealer }: SourceNeeds, credential: string | null): Promise<string | null> {
  return credential === null ? null : sealer.seal(credential);
}
