import { env } from "cloudflare:test";
import { readDocument } from "../../src/domain/document/read-document.ts";
import type { Candidate } from "../../src/domain/registration/candidate.ts";
import { NameWriter, type NameWriterNeeds } from "../../src/operations/registration/name-writer.ts";
import { readCallable } from "../../src/operations/registration/read-callable.ts";
import { type RegisterNeeds, registerCandidate } from "../../src/operations/registration/register-candidate.ts";
import { prepareTemplate } from "../../src/operations/template/prepare-template.ts";

const now = () => new Date();

/** A writer of one name beside the name's Registrar, as if a second Registrar ran. A test says what fails. */
export function aWriter(name: string, needs: Partial<NameWriterNeeds> = {}): RegisterNeeds {
  const all: NameWriterNeeds = {
    db: env.DB,
    lookups: env.LOOKUPS,
    blobs: env.BLOBS,
    announce: async () => undefined,
    armRetry: async () => false,
    disarmRetry: async () => undefined,
    later: () => undefined,
    now,
    ...needs,
  };
  return {
    writer: new NameWriter(all, "template", name),
    blobs: env.BLOBS,
    now,
    policy: "enforce",
    callableByDigest: (digest) => readCallable(env.BLOBS, digest),
  };
}

/** A document that every rule accepts, ready to be registered. */
export async function aCandidate(document: object): Promise<Candidate> {
  const text = JSON.stringify(document);
  const prepared = await prepareTemplate(async () => ({ ok: false, failure: "no parents here" }), {
    reading: readDocument(text),
    bytes: new TextEncoder().encode(text),
    mediaType: "application/json",
    file: null,
  });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.value;
}

/** Registers by a writer; throws what is refused. */
export async function registerBy(writer: RegisterNeeds, document: object): Promise<{ seq: number | null }> {
  const registered = await registerCandidate(writer, await aCandidate(document), "test");
  if (!registered.ok) throw new Error(`${registered.failure.code}: ${registered.failure.message}`);
  return registered.value;
}
