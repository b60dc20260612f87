import { DurableObject } from "cloudflare:workers";
import type { Deletion, ManifestPut, RepositoryCalls, UploadChunk } from "../bindings/durable/repository.ts";
import { type Origin, ownOrigin } from "../contract/access/origin.ts";
import type { ArtifactKind } from "../contract/artifact/kind.ts";
import type { OciFailure } from "../contract/oci/failure.ts";
import { artifactOf } from "../domain/oci/repository-kind.ts";
import { type Result, success } from "../domain/result.ts";
import { BlobKeeper } from "../operations/oci/repository/blob-keeper.ts";
import { RepositoryKeeper } from "../operations/oci/repository/repository-keeper.ts";
import { UploadKeeper } from "../operations/oci/repository/upload-keeper.ts";
import { completeManifests } from "../operations/oci/typed/complete-manifests.ts";
import { type DeleteNeeds, deletePushedManifest, deletePushedTag } from "../operations/oci/typed/delete-pushed.ts";
import type { NameWriting } from "../operations/registration/name-writer.ts";

/**
 * What every Registrar is besides: the keeper of one OCI repository, its artifact's or a plain one. Changes are made one at a time, those of
 * the artifact and those of the repository in one row, and after each what was read before is forgotten; reads do not wait.
 */
export abstract class KeptRepository extends DurableObject<Env> implements RepositoryCalls {
  protected readonly now = () => new Date();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #manifests = new RepositoryKeeper({
    db: this.env.DB,
    blobs: this.env.BLOBS,
    now: this.now,
    isShared: () => this.isShared(),
    completeManifests: (repository) => this.completeManifests(repository),
  });
  readonly #blobs = new BlobKeeper({ db: this.env.DB, now: this.now, isShared: () => this.isShared() });
  readonly #uploads = new UploadKeeper({ storage: this.ctx.storage, now: this.now });

  /** Whether another Registrar may be changing the name just now. */
  protected abstract isShared(): boolean;

  /** The writer of the repository's artifact, for changes that come from there. */
  protected abstract writerOf(kind: ArtifactKind, name: string, origin: Origin): Promise<NameWriting>;

  findManifest(repository: string, reference: string) {
    return this.#manifests.findManifest(repository, reference);
  }

  listTags(repository: string, slice: { last: string; limit: number }) {
    return this.#manifests.listTags(repository, slice);
  }

  isKnown(repository: string) {
    return this.#manifests.isKnown(repository);
  }

  async completeManifests(repository: string) {
    const artifact = artifactOf(repository);
    if (artifact === null) return;
    await this.changing(() => completeManifests({ db: this.env.DB, blobs: this.env.BLOBS }, artifact));
  }

  putManifest(put: ManifestPut, by: string, origin: Origin = ownOrigin) {
    return this.inTurn(() => this.#manifests.putManifest(put, { by, origin }));
  }

  deleteManifest(repository: string, digest: string, by: string, origin: Origin = ownOrigin) {
    return this.#deleting(repository, origin, {
      artifact: (typed) => deletePushedManifest(typed, digest, by),
      plain: () => this.#manifests.deleteManifest(repository, digest, { by, origin }),
    });
  }

  deleteTag(repository: string, tag: string, by: string, origin: Origin = ownOrigin) {
    return this.#deleting(repository, origin, {
      artifact: (typed) => deletePushedTag(typed, tag, by),
      plain: () => this.#manifests.deleteTag(repository, tag, { by, origin }),
    });
  }

  findBlob(repository: string, digest: string, touch: boolean) {
    return this.#blobs.findBlob(repository, digest, touch);
  }

  async linkBlob(repository: string, blob: { digest: string; sizeBytes: number }, uploadId: string | null) {
    // Not in turn: a blob more makes nothing untrue that is remembered, and a push sends many at once.
    const isLinked = await this.#blobs.linkBlob(repository, blob);
    if (isLinked && uploadId !== null) this.#uploads.completeUpload(uploadId, blob.digest);
    return isLinked;
  }

  deleteBlob(repository: string, digest: string) {
    return this.inTurn(() => this.#blobs.deleteBlob(repository, digest));
  }

  dropUnused(repository: string, digests: string[], before: string) {
    return this.inTurn(() => this.#blobs.dropUnused(repository, digests, before));
  }

  findUpload(_repository: string, id: string) {
    return this.#uploads.findUpload(id);
  }

  async listChunks(_repository: string, id: string) {
    return this.#uploads.listChunks(id);
  }

  addChunk(_repository: string, id: string, chunk: UploadChunk) {
    return this.#uploads.addChunk(id, chunk);
  }

  endUpload(_repository: string, id: string) {
    return this.#uploads.endUpload(id);
  }

  /** What is an artifact's goes the way of its registration; what is not, or is in a plain repository, is only rows. */
  #deleting(
    repository: string,
    origin: Origin,
    ways: {
      artifact: (needs: DeleteNeeds) => Promise<Result<Deletion | "not_an_artifact's", OciFailure>>;
      plain: () => Promise<Result<null, OciFailure>>;
    },
  ): Promise<Result<Deletion, OciFailure>> {
    return this.changing(async () => {
      const artifact = artifactOf(repository);
      if (artifact !== null) {
        const writer = await this.writerOf(artifact.kind, artifact.name, origin);
        const deleted = await ways.artifact({ writer, now: this.now });
        if (!deleted.ok) return deleted;
        if (deleted.value !== "not_an_artifact's") return success(deleted.value);
      }
      const deleted = await ways.plain();
      return deleted.ok ? success({ seq: null }) : deleted;
    });
  }

  /** A change of the artifact: whether it was made or not, what was read of its repository before is old. */
  protected changing<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return this.inTurn(async () => {
      try {
        return await work();
      } finally {
        this.forgetRepository();
      }
    });
  }

  /** What was read of the repository is old. */
  protected forgetRepository(): void {
    this.#manifests.forget();
    this.#blobs.forget();
  }

  /** One at a time: waiting for D1 would else let the next call in between judging and committing. */
  protected inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
