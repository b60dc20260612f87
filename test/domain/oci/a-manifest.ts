import { manifestMediaTypes } from "../../../src/contract/oci/manifest.ts";
import { digestOfBytes } from "../../../src/domain/document/canonical-digest.ts";

export const [imageType, dockerImageType] = manifestMediaTypes.image;
export const [indexType, dockerIndexType] = manifestMediaTypes.index;

/** A digest that no other text has. */
export function aDigest(of: string): string {
  return digestOfBytes(new TextEncoder().encode(of));
}

export function aDescriptor(of: string, parts: object = {}): object {
  return { mediaType: "application/octet-stream", digest: aDigest(of), size: of.length, ...parts };
}

/** An image manifest that is accepted; a test states only what matters to it. Undefined takes a key out. */
export function anImage(parts: object = {}): object {
  const config = aDescriptor("{}", { mediaType: "application/vnd.oci.empty.v1+json" });
  return { schemaVersion: 2, mediaType: imageType, config, layers: [aDescriptor("layer")], ...parts };
}

export function anIndex(parts: object = {}): object {
  const child = aDescriptor("child", { mediaType: imageType });
  return { schemaVersion: 2, mediaType: indexType, manifests: [child], ...parts };
}
