import type { z } from "zod";
import type { OciFailure } from "../../contract/oci/failure.ts";
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  imageIndex,
  imageManifest,
  manifestMediaTypes,
} from "../../contract/oci/manifest.ts";
import { type JsonMap, own } from "../document/json-value.ts";
import { pointerOf } from "../pointer.ts";
import { type Result, refusal, success } from "../result.ts";
import type { Manifest } from "./manifest-facts.ts";
import { manifestJson } from "./manifest-json.ts";

/** A manifest that was sent: what the registry keeps of it, and its document when it is an image manifest (null: an index). */
export interface ReadManifest {
  manifest: Omit<Manifest, "digest">;
  image: ImageManifest | null;
}

/** Reads a manifest as it was sent: `text` is its bytes', which stay as they are. Keys that nobody knows are fine. */
export function readManifest(
  { bytes, text }: { bytes: Uint8Array; text: string },
  contentType: string | null,
): Result<ReadManifest, OciFailure> {
  const json = manifestJson(text);
  if (!json.ok) return json;
  const mediaType = mediaTypeOf(json.value, contentType);
  if (!mediaType.ok) return mediaType;
  const rest = { bytes, sizeBytes: bytes.byteLength, mediaType: mediaType.value };
  if (isIndexType(mediaType.value)) {
    const index = imageIndex.safeParse(json.value);
    return index.success
      ? success({ manifest: { ...rest, ...factsOfIndex(index.data) }, image: null })
      : refuseShape(index.error);
  }
  const image = imageManifest.safeParse(json.value);
  return image.success
    ? success({ manifest: { ...rest, ...factsOfImage(image.data) }, image: image.data })
    : refuseShape(image.error);
}

const imageTypes: readonly string[] = manifestMediaTypes.image;
const indexTypes: readonly string[] = manifestMediaTypes.index;

function isManifestType(mediaType: string): boolean {
  return imageTypes.includes(mediaType) || isIndexType(mediaType);
}

function isIndexType(mediaType: string): boolean {
  return indexTypes.includes(mediaType);
}

/** Says what a manifest is: its sender's header, else itself, else its shape. They may not disagree: clients believe either. */
function mediaTypeOf(json: JsonMap, contentType: string | null): Result<string, OciFailure> {
  const said = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const inside = own(json, "mediaType");
  const isIndex = own(json, "manifests") !== undefined;
  const isImage = own(json, "config") !== undefined || own(json, "layers") !== undefined;
  if (isIndex && isImage) {
    return refuse("the manifest has both manifests and config or layers: send an index, or an image manifest");
  }
  const shaped = isIndex ? manifestMediaTypes.index[0] : manifestMediaTypes.image[0];
  const told = typeof inside === "string" ? inside : shaped;
  // A manifest that is served as application/json would be compressed on its way, and clients miss its length.
  const mediaType = said === "" || said === "application/json" ? told : said;
  if (!isManifestType(mediaType)) {
    const known = [...imageTypes, ...indexTypes].join(", ");
    return refuse(`a manifest of type ${mediaType.slice(0, 120)} cannot be taken; those that can are ${known}`);
  }
  if (typeof inside === "string" && inside !== mediaType) {
    return refuse(
      `the Content-Type is ${mediaType}, but the manifest's own mediaType is ${inside.slice(0, 120)}; say the same`,
    );
  }
  return success(mediaType);
}

function factsOfImage(image: ImageManifest): Facts {
  const needed = [image.config, ...image.layers.filter(comesHere)];
  return { ...commonFacts(image), artifactType: image.artifactType || image.config.mediaType, ...split([], needed) };
}

function factsOfIndex(index: ImageIndex): Facts {
  const manifests = index.manifests.filter((one) => isManifestType(one.mediaType));
  // What is no manifest lies here as a blob: so caches of builds are pushed.
  const blobs = index.manifests.filter((one) => !isManifestType(one.mediaType));
  return { ...commonFacts(index), artifactType: index.artifactType || null, ...split(manifests, blobs) };
}

type Facts = Omit<Manifest, "digest" | "bytes" | "sizeBytes" | "mediaType">;

function commonFacts({ subject, annotations }: ImageManifest | ImageIndex): Pick<Facts, "subject" | "annotations"> {
  return { subject: subject?.digest ?? null, annotations: annotations ?? {} };
}

function split(manifests: readonly Descriptor[], blobs: readonly Descriptor[]): Pick<Facts, "manifests" | "blobs"> {
  const sizes = new Map(blobs.map((blob) => [blob.digest, blob.size]));
  return {
    manifests: [...new Set(manifests.map((one) => one.digest))],
    blobs: [...sizes].map(([digest, sizeBytes]) => ({ digest, sizeBytes })),
  };
}

/** Whether a layer is pushed: not what may be had elsewhere, or may not be handed on (OCI Image 1.1, "Non-Distributable Layers"). */
export function comesHere({ urls, mediaType }: Descriptor): boolean {
  return (urls ?? []).length === 0 && !/\.nondistributable\.|\.rootfs\.foreign\./.test(mediaType);
}

function refuseShape(error: z.ZodError): Result<never, OciFailure> {
  const [first] = error.issues;
  const place = pointerOf(first?.path ?? []);
  return refuse(
    `the manifest cannot be taken at ${place === "" ? "its root" : place}: ${first?.message ?? "bad shape"}`,
  );
}

function refuse(message: string): Result<never, OciFailure> {
  return refusal({ code: "MANIFEST_INVALID", message });
}
