import { LRUCache } from "lru-cache";
import {
  type BlobRow,
  deleteBlobRow,
  deleteUnusedBlobRows,
  insertBlobRow,
  loadBlobRow,
  loadBlobRows,
  touchBlobRow,
} from "../../../bindings/d1/oci/blob-row.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { garbageLimits } from "../../../domain/oci/garbage-limits.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { blobUnknown } from "../blob/blob-unknown.ts";

/** What the keeper of blobs works with. */
export interface BlobKeeperNeeds {
  db: D1Database;
  now: () => Date;
  /** Whether another Registrar may be adding blobs just now. */
  isShared: () => boolean;
}

/** Some 200 bytes each. */
const rememberedBlobs = 4096;
/** Of a repository with no more blobs, all are read at once: then memory also knows what is not there. */
const readAtOnce = 1000;
const mostReadings = 3;

/**
 * Keeps which blobs one repository has. Whatever takes one away passes through here, and so does what adds one, but for commits of
 * artifacts, after which all is forgotten. A push asks for every blob before it sends it: so what is not there is worth knowing too.
 */
export class BlobKeeper {
  readonly #needs: BlobKeeperNeeds;
  readonly #known = new LRUCache<string, BlobRow>({ max: rememberedBlobs });
  /** Counts what may have taken blobs away: what began to be read before is not remembered. */
  #generation = 0;
  /** Whether all blobs of the repository are among the known. */
  #isWhole = false;
  /** Counts blobs that began to come, and that came: a reading of all that they overlap may lack them. */
  #additions = 0;
  /** How often all were read since the last forgetting: under many pushes at once it may never come out whole. */
  #readings = 0;

  constructor(needs: BlobKeeperNeeds) {
    this.#needs = needs;
  }

  /** The repository changed, or may have: what is remembered is old. */
  forget(): void {
    this.#generation += 1;
    this.#known.clear();
    this.#isWhole = false;
    this.#readings = 0;
  }

  async findBlob(repository: string, digest: string, touch: boolean): Promise<{ sizeBytes: number } | null> {
    const known = this.#known.get(digest);
    if (known !== undefined && !(touch && this.#mustTouch(known))) return { sizeBytes: known.sizeBytes };
    const { db, now, isShared } = this.#needs;
    if (known === undefined && this.#isWhole && !isShared()) return null;
    const generation = this.#generation;
    let row = known ?? (await this.#load(repository, digest));
    // Before the answer: who is told that it is there must not find it gone.
    if (row !== null && touch && this.#mustTouch(row)) {
      row = await touchBlobRow(db, repository, digest, now().toISOString());
    }
    if (row === null) {
      this.#known.delete(digest);
      return null;
    }
    if (generation === this.#generation) this.#remember(digest, row);
    return { sizeBytes: row.sizeBytes };
  }

  /** False while a sweep removes these very bytes. */
  async linkBlob(repository: string, blob: { digest: string; sizeBytes: number }): Promise<boolean> {
    const generation = this.#generation;
    const at = this.#needs.now().toISOString();
    this.#additions += 1;
    const isLinked = await insertBlobRow(this.#needs.db, repository, blob, at);
    this.#additions += 1;
    if (isLinked && generation === this.#generation) {
      this.#remember(blob.digest, { sizeBytes: blob.sizeBytes, touchedAt: at });
    } else if (isLinked) {
      this.#isWhole = false;
    }
    return isLinked;
  }

  async deleteBlob(repository: string, digest: string): Promise<Result<null, OciFailure>> {
    const { isDeleted, referrers } = await this.#taking(deleteBlobRow(this.#needs.db, repository, digest));
    if (isDeleted) return success(null);
    if (referrers.length === 0) return blobUnknown(repository, digest);
    const message = `${repository} has manifests that refer to ${digest}: ${referrers.join(", ")}; delete these first`;
    return refusal({ code: "UNSUPPORTED", message });
  }

  dropUnused(repository: string, digests: string[], before: string): Promise<string[]> {
    return this.#taking(deleteUnusedBlobRows(this.#needs.db, repository, digests, before));
  }

  /** An error leaves open whether something was taken away. */
  #taking<Answer>(work: Promise<Answer>): Promise<Answer> {
    return work.finally(() => this.forget());
  }

  async #load(repository: string, digest: string): Promise<BlobRow | null> {
    const { db, isShared } = this.#needs;
    if (this.#readings >= mostReadings) return loadBlobRow(db, repository, digest);
    this.#readings += 1;
    const { generation, additions } = { generation: this.#generation, additions: this.#additions };
    const all = await loadBlobRows(db, repository, readAtOnce);
    if (all === null) {
      this.#readings = mostReadings;
      return loadBlobRow(db, repository, digest);
    }
    const isUndisturbed = generation === this.#generation && additions === this.#additions && !isShared();
    if (isUndisturbed) {
      for (const [of, row] of all) this.#known.set(of, row);
      this.#isWhole = true;
    }
    return all.get(digest) ?? null;
  }

  #remember(digest: string, row: BlobRow): void {
    this.#known.set(digest, row);
    // From here on each blob that comes pushes out another.
    if (this.#known.size >= rememberedBlobs) this.#isWhole = false;
  }

  #mustTouch(row: BlobRow): boolean {
    return this.#needs.now().getTime() - Date.parse(row.touchedAt) > garbageLimits.touchAfterSeconds * 1000;
  }
}
