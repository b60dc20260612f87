import { missingBlobs } from "../../../bindings/d1/oci/missing-blobs.ts";
import type { Registrars } from "../../../bindings/durable/registrar.ts";
import type { Repositories } from "../../../bindings/durable/repository.ts";
import { readBlob } from "../../../bindings/r2/blob-store.ts";
import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import type { Registration } from "../../../contract/artifact/registration.ts";
import type { Failure } from "../../../contract/failure.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import type { ImageManifest } from "../../../contract/oci/manifest.ts";
import { type DocumentLayer, findDocumentLayer } from "../../../domain/oci/document-layer.ts";
import { garbageLimits } from "../../../domain/oci/garbage-limits.ts";
import type { Manifest } from "../../../domain/oci/manifest-facts.ts";
import { readPushedTags } from "../../../domain/oci/pushed-tags.ts";
import { repositoryOf, type TypedRepository } from "../../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { publish } from "../../function/register-source.ts";
import { ociRefusalOf } from "./oci-refusal.ts";
import { documentLayerBytes, type PreparedPush, type PrepareNeeds, preparePushed } from "./prepare-pushed.ts";

export interface RegisterPushedNeeds extends PrepareNeeds {
  registrars: Registrars;
  repositories: Repositories;
  now: () => Date;
  noteChange: (kind: ArtifactKind, name: string, seq: number) => void;
}

/** A tagged manifest on its way into a typed repository. */
export interface TaggedManifest {
  typed: TypedRepository;
  manifest: Manifest;
  image: ImageManifest;
  /** The tag of the path, and those of `?tag=`. */
  tags: readonly string[];
  /** It was published elsewhere before, and is now imported: of a source with several functions, only the repository's own is published. */
  isAlone: boolean;
}

/**
 * Push is registration: the document or source in a tagged manifest goes the way of `POST /v1/…`, and version, tags and manifest are one
 * commit. Refused, nothing of it is visible.
 */
export async function registerPushed(
  needs: RegisterPushedNeeds,
  { typed, manifest, image, tags, isAlone }: TaggedManifest,
  by: string,
): Promise<Result<{ digest: string }, OciFailure>> {
  const asked = readPushedTags(tags);
  if (!asked.ok) return refusal({ code: "MANIFEST_INVALID", message: asked.failure });
  const layer = findDocumentLayer(typed.kind, image);
  if (!layer.ok) return refusal({ code: "MANIFEST_INVALID", message: layer.failure });
  const bytes = await readLayer(needs, typed, manifest, layer.value);
  if (!bytes.ok) return bytes;
  const { file } = layer.value;
  const push = { manifest, isAlone, ...asked.value };
  const prepared = await preparePushed(needs, typed, { layer: layer.value, bytes: bytes.value }, push);
  if (!prepared.ok) return refusal(ociRefusalOf(prepared.failure, file));
  const registered = await register(needs.registrars, prepared.value, by);
  if (!registered.ok) return refusal(ociRefusalOf(registered.failure, file));
  for (const { kind, name, seq } of registered.value) if (seq !== null) needs.noteChange(kind, name, seq);
  return success({ digest: manifest.digest });
}

/** The layer's bytes, once all that the manifest refers to is known to be in the repository. */
async function readLayer(
  needs: RegisterPushedNeeds,
  typed: TypedRepository,
  manifest: Manifest,
  { descriptor, file }: DocumentLayer,
): Promise<Result<Uint8Array, OciFailure>> {
  const digests = manifest.blobs.map((blob) => blob.digest);
  const now = needs.now();
  const since = new Date(now.getTime() - garbageLimits.touchAfterSeconds * 1000).toISOString();
  const times = { since, now: now.toISOString() };
  const missing = await missingBlobs(needs.db, repositoryOf(typed.kind, typed.name), digests, times);
  if (missing.length > 0) {
    const message = `the repository has no blob ${missing.slice(0, 10).join(", ")}; push it before the manifest`;
    return refusal({ code: "MANIFEST_BLOB_UNKNOWN", message });
  }
  if (descriptor.size > documentLayerBytes) {
    const message = `${file ?? "the layer"} has ${descriptor.size} bytes; a document or source has at most ${documentLayerBytes / 1024} KiB`;
    return refusal({ code: "MANIFEST_INVALID", message, status: 413 });
  }
  const bytes = await readBlob(needs.blobs, descriptor.digest);
  if (bytes === null || bytes.byteLength !== descriptor.size) {
    const message = `layer ${descriptor.digest} has ${bytes?.byteLength ?? "no"} bytes, and its descriptor says ${descriptor.size}`;
    return refusal({ code: "MANIFEST_INVALID", message });
  }
  return success(new Uint8Array(bytes));
}

async function register(
  registrars: Registrars,
  prepared: PreparedPush,
  by: string,
): Promise<Result<Registration[], Failure>> {
  if (prepared.type === "source") return publish(registrars, prepared.draft, by);
  const { candidate } = prepared;
  const registered = await registrars(candidate.kind, candidate.name).register(candidate, by);
  return registered.ok ? success([registered.value]) : registered;
}
