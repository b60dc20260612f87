import type { Repositories } from "../../../bindings/durable/repository.ts";
import { limits } from "../../../contract/limits.ts";
import { ociDigest } from "../../../contract/oci/digest.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import { ociTag } from "../../../contract/oci/name.ts";
import type { Manifest } from "../../../domain/oci/manifest-facts.ts";
import { isDigestTag } from "../../../domain/oci/pushed-tags.ts";
import { type ReadManifest, readManifest } from "../../../domain/oci/read-manifest.ts";
import { typedRepositoryOf } from "../../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { type RegisterPushedNeeds, registerPushed } from "../typed/register-pushed.ts";
import { digestBytes } from "./digest-bytes.ts";
import { storeManifest } from "./store-manifest.ts";

export interface PushNeeds extends RegisterPushedNeeds {
  repositories: Repositories;
  blobs: R2Bucket;
}

/** A manifest as it was sent. */
export interface SentManifest {
  repository: string;
  /** The tag or digest of its path. */
  reference: string;
  /** More tags to set. */
  tags: readonly string[];
  bytes: Uint8Array;
  contentType: string | null;
  /** As an import does: of a source with several functions only the one of this repository is published. */
  isAlone?: boolean;
}

/** What a push answers. */
export interface PushedManifest {
  digest: string;
  subject: string | null;
}

/**
 * Puts a manifest into a repository and sets its tags, all or nothing. In an artifact's repository a tagged one registers what is in it;
 * signatures and their like are stored there as they are anywhere.
 */
export async function pushManifest(
  needs: PushNeeds,
  sent: SentManifest,
  by: string,
): Promise<Result<PushedManifest, OciFailure>> {
  const tags = tagsOf(sent);
  if (!tags.ok) return tags;
  const text = decode(sent.bytes);
  if (text === null) return invalid("the manifest is not UTF-8 text");
  const read = readManifest({ bytes: sent.bytes, text }, sent.contentType);
  if (!read.ok) return read;
  const digest = await digestOf(sent);
  if (!digest.ok) return digest;
  const manifest = { ...read.value.manifest, digest: digest.value };
  const pushed = await place(needs, sent, { manifest, image: read.value.image }, tags.value, by);
  return pushed.ok ? success({ digest: pushed.value.digest, subject: manifest.subject }) : pushed;
}

async function place(
  needs: PushNeeds,
  { repository, isAlone = false }: SentManifest,
  { manifest, image }: { manifest: Manifest; image: ReadManifest["image"] },
  tags: string[],
  by: string,
): Promise<Result<{ digest: string }, OciFailure>> {
  const typed = typedRepositoryOf(repository);
  const isStored = typed === null || typed === "misplaced" || manifest.subject !== null || tags.every(isDigestTag);
  if (isStored) return storeManifest(needs, { repository, manifest, tags }, by);
  if (image !== null) return registerPushed(needs, { typed, manifest, image, tags, isAlone }, by);
  return invalid(
    `an index cannot be the ${typed.kind} ${typed.name}: repository ${repository} takes image manifests with one layer, its document or source; push an index without a tag, or to a repository of another name`,
  );
}

function tagsOf({ reference, tags }: SentManifest): Result<string[], OciFailure> {
  const all = [...new Set([...(isDigest(reference) ? [] : [reference]), ...tags])];
  if (tags.length > limits.tagsPerPush) {
    const message = `one push sets at most ${limits.tagsPerPush} tags beside the one in its path, and this has ${tags.length}; push the rest again`;
    return refusal({ code: "SIZE_INVALID", status: 414, message });
  }
  for (const tag of all) {
    const legal = ociTag.safeParse(tag);
    if (legal.success) continue;
    const hint = tag.includes("+") || tag.includes(" ") ? "; write _ for the + of a version, as Helm does" : "";
    return invalid(`"${tag.slice(0, 130)}" cannot be a tag: ${legal.error.issues[0]?.message ?? "bad form"}${hint}`);
  }
  return success(all);
}

/** The digest that the sender uses, which must be that of the bytes; sha256 when they use none. */
async function digestOf({ reference, bytes }: SentManifest): Promise<Result<string, OciFailure>> {
  if (!isDigest(reference)) return success(await digestBytes("sha256", bytes));
  const legal = ociDigest.safeParse(reference);
  if (!legal.success) {
    const why = legal.error.issues[0]?.message ?? "bad form";
    return refusal({ code: "DIGEST_INVALID", message: `"${reference.slice(0, 150)}" is no digest: ${why}` });
  }
  const digest = await digestBytes(reference.startsWith("sha512:") ? "sha512" : "sha256", bytes);
  if (digest === reference) return success(digest);
  const message = `the manifest was said to be ${reference}, but its ${bytes.byteLength} bytes are ${digest}; send it as it was hashed`;
  return refusal({ code: "DIGEST_INVALID", message });
}

/** No tag has a colon. */
function isDigest(reference: string): boolean {
  return reference.includes(":");
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function invalid(message: string): Result<never, OciFailure> {
  return refusal({ code: "MANIFEST_INVALID", message });
}
