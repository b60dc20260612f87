import { commitChanges } from "../../src/bindings/d1/artifact/commit-changes.ts";
import { clearPendingEffect } from "../../src/bindings/d1/artifact/pending-effects.ts";
import { writeDocument, writeIndex } from "../../src/bindings/kv/lookup-store.ts";
import { ownOrigin } from "../../src/contract/access/origin.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { readDocument } from "../../src/domain/document/read-document.ts";
import type { Candidate } from "../../src/domain/registration/candidate.ts";
import { moveTag, publishVersion } from "../../src/domain/registration/name-change.ts";
import { indexOf, type NameState } from "../../src/domain/registration/name-state.ts";
import { refusal } from "../../src/domain/result.ts";
import { prepareTemplate } from "../../src/operations/template/prepare-template.ts";
import { seedName, seedVersions, stableTag, stableVersion } from "../stage/seed-names.ts";

interface Bindings {
  DB: D1Database;
  LOOKUPS: KVNamespace;
}

const author = { by: "bench", at: "2026-01-01T00:00:00.000Z" };
/** Names in one D1 transaction. */
const perCommit = 25;

/**
 * Fills the storage with the registry's own row builders and key layouts, but many names in one transaction and without the blobs,
 * which lookups that find KV filled never read. `?from=&to=`, the document as the body.
 */
export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const from = Number(searchParams.get("from"));
    const to = Number(searchParams.get("to"));
    const models = await modelsOf(await request.text());
    for (let at = from; at < to; at += perCommit) await seed(env, models, at, Math.min(to, at + perCommit));
    return new Response("seeded");
  },
};

/** The document, checked once for each version. */
async function modelsOf(source: string): Promise<Candidate[]> {
  const models: Candidate[] = [];
  for (const version of seedVersions) {
    const text = source.replace(/^( *version:).*$/m, `$1 "${version}"`);
    const prepared = await prepareTemplate(async () => refusal("the seed extends nothing"), {
      reading: readDocument(text),
      bytes: new TextEncoder().encode(text),
      mediaType: "application/yaml",
      file: null,
    });
    if (!prepared.ok) throw new Error(prepared.failure.message);
    models.push(prepared.value);
  }
  return models;
}

async function seed(env: Bindings, models: readonly Candidate[], from: number, to: number): Promise<void> {
  const names = Array.from({ length: to - from }, (_, at) => seedName(from + at));
  let states = names.map(
    (name): NameState => ({ kind: "template", name, revision: 0, seq: 0, versions: [], tags: {} }),
  );
  for (const model of models) {
    const changes = states.map((state) => publishVersion(state, renamed(model, state.name), author));
    states = await commit(env, changes);
    await Promise.all(changes.map(({ published }) => (published === null ? null : store(env, published))));
  }
  states = await commit(
    env,
    states.map((state) => moveTag(state, stableTag, stableVersion, null, author)),
  );
  await Promise.all(states.map((state) => writeIndex(env.LOOKUPS, indexOf(state, state.seq, author.at))));
  await Promise.all(states.map((state) => clearPendingEffect(env.DB, state.kind, state.name, state.seq)));
}

async function commit(env: Bindings, changes: ReturnType<typeof moveTag>[]): Promise<NameState[]> {
  const seqs = await commitChanges(env.DB, changes, ownOrigin);
  if (seqs === null) throw new Error("the storage was not empty");
  return changes.map((change, at) => ({ ...change.after, seq: seqs[at] ?? 0 }));
}

function store(env: Bindings, candidate: Candidate): Promise<void> {
  return writeDocument(env.LOOKUPS, {
    kind: candidate.kind,
    name: candidate.name,
    version: candidate.version,
    digest: candidate.digest,
    source_digest: candidate.source.digest,
    source_media_type: candidate.source.mediaType,
    source_file: candidate.source.file,
    published_at: author.at,
    published_by: author.by,
    extends: null,
    document: JSON.parse(new TextDecoder().decode(candidate.flattened.bytes)),
  });
}

function renamed(model: Candidate, name: string): Candidate {
  if (model.callable === null) throw new Error("a template has an interface");
  const callable = { ...model.callable, id: name };
  const bytes = new TextEncoder().encode(JSON.stringify({ template: callable }));
  const digest = digestOfBytes(bytes);
  return { ...model, name, callable, digest, flattened: { bytes, digest } };
}
