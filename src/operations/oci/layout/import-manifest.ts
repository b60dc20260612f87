import { hasBlob, readBlob } from "../../../bindings/r2/blob-store.ts";
import type { ImportResult } from "../../../contract/http/layout.ts";
import { limits } from "../../../contract/limits.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import type { ManifestFacts } from "../../../domain/oci/manifest-facts.ts";
import type { ManifestPlace } from "../../../domain/oci/plan-import.ts";
import { readManifest } from "../../../domain/oci/read-manifest.ts";
import { typedRepositoryOf } from "../../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { type PushNeeds, pushManifest } from "../manifest/push-manifest.ts";
import type { ReadLayout } from "./read-layout.ts";

export type ImportNeeds = PushNeeds;

/** What became of one thing. */
export type Outcome = Pick<ImportResult, "status" | "code" | "message">;

export function rejected(code: string, message: string): Outcome {
  return { status: "rejected", code, message };
}

/** It was so already. */
export const unchanged: Outcome = { status: "unchanged", code: null, message: null };
const created: Outcome = { status: "created", code: null, message: null };

/** Pushes manifests of an image layout whose blobs are in R2. */
export class ManifestImport {
  readonly #needs: ImportNeeds;
  readonly #layout: ReadLayout;
  readonly #by: string;
  /** What was linked or put already, as `repository@digest`. */
  readonly #linked = new Set<string>();
  readonly #put = new Set<string>();

  constructor(needs: ImportNeeds, layout: ReadLayout, by: string) {
    this.#needs = needs;
    this.#layout = layout;
    this.#by = by;
  }

  /** Publishes a version of an artifact, with its tags. */
  async publish(place: ManifestPlace, version: string, tags: readonly string[]): Promise<Outcome> {
    const bytes = await this.#prepare(place);
    if (!bytes.ok) return refused(bytes.failure);
    // Each push says the version, which takes one place.
    for (const some of slices(tags, limits.tagsPerPush - 1)) {
      const pushed = await this.#push(place, bytes.value, { tags: [version, ...some], isAlone: true });
      if (pushed.status === "rejected") return pushed;
    }
    return created;
  }

  /** Stores a manifest, after those that it lists, and sets its tags. */
  async put(place: ManifestPlace, tags: readonly string[]): Promise<Outcome> {
    if (await this.#isThere(place, tags)) return unchanged;
    const bytes = await this.#prepare(place);
    if (!bytes.ok) return refused(bytes.failure);
    for (const some of slices(tags, limits.tagsPerPush)) {
      const pushed = await this.#push(place, bytes.value, { tags: some, isAlone: false });
      if (pushed.status === "rejected") return pushed;
    }
    this.#put.add(keyOf(place));
    return created;
  }

  /** A manifest's bytes, once what it refers to is in its repository as far as the archive has it. */
  async #prepare(place: ManifestPlace): Promise<Result<Uint8Array, OciFailure>> {
    if (typedRepositoryOf(place.repository) === "misplaced") {
      const message = `there can be no repository ${place.repository}: those of artifacts are called {collection}/{name}`;
      return refusal({ code: "NAME_INVALID", message });
    }
    const bytes = await this.#bytesOf(place);
    if (!bytes.ok) return bytes;
    // What is no manifest is told by the push itself.
    const facts = factsOf(bytes.value, place.mediaType);
    if (facts === null) return bytes;
    const linked = await this.#linkBlobs(place.repository, facts.blobs);
    if (!linked.ok) return linked;
    for (const digest of facts.manifests) await this.#putChild(place.repository, digest);
    return bytes;
  }

  async #bytesOf({ digest, sizeBytes }: ManifestPlace): Promise<Result<Uint8Array, OciFailure>> {
    const { blobs, damaged } = this.#layout;
    if (damaged.has(digest)) {
      const message = `the archive's bytes of ${digest} have another digest; it was damaged or made wrong`;
      return refusal({ code: "DIGEST_INVALID", message });
    }
    const known = blobs.get(digest);
    if (known === undefined || known !== sizeBytes) {
      const found = known === undefined ? "does not have it" : `has ${known} bytes of it`;
      const message = `index.json names ${digest} with ${sizeBytes} bytes, and the archive ${found}`;
      return refusal({ code: "MANIFEST_BLOB_UNKNOWN", message });
    }
    if (sizeBytes > limits.manifestBytes) {
      const message = `${digest} has ${sizeBytes} bytes; a manifest has at most ${limits.manifestBytes / 1024 ** 2} MiB`;
      return refusal({ code: "SIZE_INVALID", message });
    }
    const bytes = await readBlob(this.#needs.blobs, digest);
    return bytes === null ? refusal(beingRemoved(digest)) : success(new Uint8Array(bytes));
  }

  /** A manifest that an index lists; that it is missing is told by the index' own push. */
  async #putChild(repository: string, digest: string): Promise<void> {
    const sizeBytes = this.#layout.blobs.get(digest);
    const key = keyOf({ repository, digest });
    if (sizeBytes === undefined || sizeBytes > limits.manifestBytes || this.#put.has(key)) return;
    this.#put.add(key);
    // The index may say another type than it does itself, which is what counts.
    await this.put({ repository, digest, sizeBytes, mediaType: "" }, []);
  }

  /** Makes blobs of the archive part of a repository. Those that it does not have may be there already. */
  async #linkBlobs(repository: string, blobs: ManifestFacts["blobs"]): Promise<Result<null, OciFailure>> {
    const wanted = blobs.filter(({ digest }) => {
      const isNew = this.#layout.blobs.has(digest) && !this.#linked.has(keyOf({ repository, digest }));
      this.#linked.add(keyOf({ repository, digest }));
      return isNew;
    });
    for (const some of slices(wanted, blobsAtOnce)) {
      const linked = await Promise.all(some.map(({ digest }) => this.#linkBlob(repository, digest)));
      const failed = linked.find((one) => !one.ok);
      if (failed?.ok === false) return failed;
    }
    return success(null);
  }

  /** A sweep may take the bytes away before a row names them. */
  async #linkBlob(repository: string, digest: string): Promise<Result<null, OciFailure>> {
    const { repositories, blobs } = this.#needs;
    const keeper = repositories(repository);
    const sizeBytes = this.#layout.blobs.get(digest) ?? 0;
    if (!(await keeper.linkBlob(repository, { digest, sizeBytes }, null))) return refusal(beingRemoved(digest));
    if (await hasBlob(blobs, digest)) return success(null);
    await keeper.deleteBlob(repository, digest);
    return refusal(beingRemoved(digest));
  }

  async #push(
    { repository, digest, mediaType }: ManifestPlace,
    bytes: Uint8Array,
    how: { tags: readonly string[]; isAlone: boolean },
  ): Promise<Outcome> {
    const sent = { repository, reference: digest, bytes, contentType: mediaType, ...how };
    const pushed = await pushManifest(this.#needs, sent, this.#by);
    return pushed.ok ? created : refused(pushed.failure);
  }

  async #isThere({ repository, digest }: ManifestPlace, tags: readonly string[]): Promise<boolean> {
    const keeper = this.#needs.repositories(repository);
    if ((await keeper.findManifest(repository, digest)) === null) return false;
    const found = await Promise.all(tags.map((tag) => keeper.findManifest(repository, tag)));
    return found.every((one) => one?.digest === digest);
  }
}

const blobsAtOnce = 8;

function factsOf(bytes: Uint8Array, mediaType: string): ManifestFacts | null {
  const text = new TextDecoder().decode(bytes);
  const read = readManifest({ bytes, text }, mediaType);
  return read.ok ? { ...read.value.manifest, digest: "" } : null;
}

function keyOf({ repository, digest }: { repository: string; digest: string }): string {
  return `${repository}@${digest}`;
}

/** At least one, be it empty. */
function slices<Item>(items: readonly Item[], most: number): Item[][] {
  const count = Math.max(1, Math.ceil(items.length / most));
  return Array.from({ length: count }, (_, at) => items.slice(at * most, (at + 1) * most));
}

function refused({ code, message }: OciFailure): Outcome {
  return rejected(code, message);
}

function beingRemoved(digest: string): OciFailure {
  return { code: "TOOMANYREQUESTS", message: `${digest} was being removed as unused when it came; import again` };
}
