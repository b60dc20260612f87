import { env } from "cloudflare:test";
import { ownOrigin } from "../../src/contract/access/origin.ts";
import type { Registration } from "../../src/contract/artifact/registration.ts";
import type { SourceDraft } from "../../src/domain/function/source-draft.ts";
import { type PublishNeeds, publishSource } from "../../src/operations/function/publish-source.ts";
import { publish } from "../../src/operations/function/register-source.ts";
import { readCallable } from "../../src/operations/registration/read-callable.ts";
import type { EffectRetry, NamesWriterNeeds } from "../../src/operations/registration/write-names.ts";
import { registrarsOf } from "../../src/worker/registrars.ts";

/** Publishes by the Registrars, as a request does; throws what is refused. */
export async function publishDraft(draft: SourceDraft): Promise<Registration[]> {
  const published = await publish(registrarsOf(env), draft, "test");
  if (!published.ok) throw new Error(`${published.failure.code}: ${published.failure.message}`);
  return published.value;
}

/** A writer of several names beside their Registrars, as if a coordinator ran elsewhere. A test says what fails. */
export function aSourceWriter(writing: Partial<NamesWriterNeeds> = {}): PublishNeeds {
  const retry: EffectRetry = { arm: async () => "ticket", disarm: async () => true };
  return {
    blobs: env.BLOBS,
    policy: "enforce",
    callableByDigest: (digest) => readCallable(env.BLOBS, digest),
    writing: {
      db: env.DB,
      lookups: env.LOOKUPS,
      origin: ownOrigin,
      announce: async () => undefined,
      retryOf: () => retry,
      later: () => undefined,
      now: () => new Date(),
      pause: async () => undefined,
      ...writing,
    },
  };
}

/** Publishes by such a writer; throws what is refused. */
export async function publishBy(writer: PublishNeeds, draft: SourceDraft): Promise<Registration[]> {
  const published = await publishSource(writer, draft, "test");
  if (!published.ok) throw new Error(`${published.failure.code}: ${published.failure.message}`);
  return published.value;
}
