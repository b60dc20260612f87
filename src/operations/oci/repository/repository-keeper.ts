import { LRUCache } from "lru-cache";
import { auditStatement } from "../../../bindings/d1/access/audit-entry.ts";
import type { ManifestRow } from "../../../bindings/d1/oci/manifest-row.ts";
import { deleteManifestRow } from "../../../bindings/d1/oci/manifest-row.ts";
import { manifestStatements } from "../../../bindings/d1/oci/manifest-statements.ts";
import { lacksReferences, missingReferences, requireReferences } from "../../../bindings/d1/oci/reference-row.ts";
import { isRepositoryKnown } from "../../../bindings/d1/oci/repository-row.ts";
import { deleteTagRow, type Slice, setTags } from "../../../bindings/d1/oci/tag-row.ts";
import { primary } from "../../../bindings/d1/primary.ts";
import type { FoundManifest, ManifestPut } from "../../../bindings/durable/repository.ts";
import { readBlob } from "../../../bindings/r2/blob-store.ts";
import { limits } from "../../../contract/limits.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { auditedPush, type Pusher } from "../../../domain/oci/audited-push.ts";
import { artifactOf } from "../../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { loadTags } from "./load-tags.ts";
import { type SeekNeeds, seekManifest } from "./seek-manifest.ts";

/** What the keeper of one repository works with. */
export interface KeeperNeeds extends SeekNeeds {
  blobs: R2Bucket;
  now: () => Date;
  /** Whether another Registrar may be changing the name just now: then nothing that is read may be remembered. */
  isShared: () => boolean;
}

/** References that one keeper remembers; a few hundred bytes each. */
const rememberedReferences = 1000;
/** Tags in the lists that one keeper remembers; 128 bytes each at most. */
const rememberedTags = 2 * limits.ociPageItems;
/** Bytes of manifests that one keeper remembers; many keepers share an isolate. */
const rememberedBytes = 1024 * 1024;

/** Keeps one repository: answers from memory what it has read, and carries out changes of what is no artifact. */
export class RepositoryKeeper {
  readonly #needs: KeeperNeeds;
  /** By tag or digest. */
  readonly #found = new LRUCache<string, ServedRow>({ max: rememberedReferences });
  /** By what was asked for. */
  readonly #tags = new LRUCache<string, string[]>({
    max: rememberedReferences,
    maxSize: rememberedTags,
    sizeCalculation: (tags) => tags.length + 1,
  });
  /** By digest. Bytes never change: only whether the repository has them does, and that is asked first. */
  readonly #bytes = new LRUCache<string, Uint8Array>({
    maxSize: rememberedBytes,
    sizeCalculation: (bytes) => bytes.byteLength + 256,
  });
  /** How often something was forgotten: what was begun to be read before is not remembered after. */
  #generation = 0;

  constructor(needs: KeeperNeeds) {
    this.#needs = needs;
  }

  /** The repository changed, or may have: what is remembered is old. */
  forget(): void {
    this.#generation += 1;
    this.#found.clear();
    this.#tags.clear();
  }

  async findManifest(repository: string, reference: string): Promise<FoundManifest | null> {
    const found = await this.#recall(this.#found, reference, () => seekManifest(this.#needs, repository, reference));
    return found === null ? null : { ...found, bytes: await this.#read(repository, found) };
  }

  listTags(repository: string, { last, limit }: Slice): Promise<string[] | null> {
    return this.#recall(this.#tags, `${limit} ${last}`, () => loadTags(this.#needs.db, repository, { last, limit }));
  }

  isKnown(repository: string): Promise<boolean> {
    return isRepositoryKnown(this.#needs.db, repository, artifactOf(repository));
  }

  /** Whatever it refers to must be in the repository; that, the manifest and its tags are one transaction. */
  async putManifest(
    { repository, manifest, tags }: ManifestPut,
    pusher: Pusher,
  ): Promise<Result<{ digest: string }, OciFailure>> {
    const { db } = this.#needs;
    const { digest } = manifest;
    const at = this.#needs.now().toISOString();
    const session = primary(db);
    const put = { repository, manifest, version: null, at, by: pusher.by };
    const act = auditedPush("manifest.pushed", { repository, reference: `@${digest}`, tags }, pusher, at);
    try {
      await session.batch([
        requireReferences(session, repository, manifest),
        ...manifestStatements(session, put),
        setTags(session, { repository, tags, digest, at, by: pusher.by }),
        auditStatement(session, act),
      ]);
    } catch (error) {
      if (!lacksReferences(error)) throw error;
      return refuseMissing(repository, await missingReferences(db, repository, manifest));
    } finally {
      this.forget();
    }
    return success({ digest });
  }

  /** Its tags go with it. */
  async deleteManifest(repository: string, digest: string, pusher: Pusher): Promise<Result<null, OciFailure>> {
    const at = this.#needs.now().toISOString();
    const act = auditedPush("manifest.deleted", { repository, reference: `@${digest}` }, pusher, at);
    try {
      if (await deleteManifestRow(this.#needs.db, repository, digest, act)) return success(null);
    } finally {
      this.forget();
    }
    return refusal({ code: "MANIFEST_UNKNOWN", message: `repository ${repository} has no manifest ${digest}` });
  }

  async deleteTag(repository: string, tag: string, pusher: Pusher): Promise<Result<null, OciFailure>> {
    const at = this.#needs.now().toISOString();
    const act = auditedPush("manifest.untagged", { repository, reference: `:${tag}` }, pusher, at);
    try {
      if (await deleteTagRow(this.#needs.db, repository, tag, act)) return success(null);
    } finally {
      this.forget();
    }
    return refusal({ code: "MANIFEST_UNKNOWN", message: `repository ${repository} has no tag ${tag}` });
  }

  /** From memory, or as D1's primary has it; that is remembered if nothing can have changed meanwhile. */
  async #recall<Value extends object>(
    memory: LRUCache<string, Value>,
    key: string,
    load: () => Promise<Value | null>,
  ): Promise<Value | null> {
    const known = this.#needs.isShared() ? undefined : memory.get(key);
    if (known !== undefined) return known;
    const generation = this.#generation;
    const loaded = await load();
    if (loaded !== null && generation === this.#generation && !this.#needs.isShared()) memory.set(key, loaded);
    return loaded;
  }

  async #read(repository: string, { digest, sizeBytes }: ManifestRow): Promise<Uint8Array | null> {
    if (sizeBytes > limits.ociMemoryItemBytes) return null;
    const known = this.#bytes.get(digest);
    if (known !== undefined) return known;
    const stored = await readBlob(this.#needs.blobs, digest);
    if (stored === null) throw new Error(`R2 lacks manifest ${digest} of repository ${repository}`);
    const bytes = new Uint8Array(stored);
    this.#bytes.set(digest, bytes);
    return bytes;
  }
}

type ServedRow = Omit<FoundManifest, "bytes">;

/** So many of what is missing are told one by one. */
const missingTold = 100;

function refuseMissing(repository: string, missing: readonly string[]): Result<never, OciFailure> {
  const told = missing.slice(0, missingTold).join(", ");
  const more = missing.length > missingTold ? ` and ${missing.length - missingTold} more` : "";
  const message = `the manifest refers to what repository ${repository} does not have: ${told}${more}; push or mount that first`;
  return refusal({ code: "MANIFEST_BLOB_UNKNOWN", message });
}
