import { z } from "zod";
import { ociDigest } from "./digest.ts";

/** Media types that say what a manifest is (OCI Image 1.1; Docker Registry 2, schema 2). */
export const manifestMediaTypes = {
  image: ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"],
  index: ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"],
} as const;

/** The two-byte blob `{}`, which stands where a manifest has no config (OCI Image 1.1, "Guidance for an Empty Descriptor"). */
export const emptyBlob = {
  mediaType: "application/vnd.oci.empty.v1+json",
  digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  size: 2,
  data: "e30=",
} as const;

/** Annotation keys that we read or write (OCI Image 1.1, "Annotations"). */
export const annotationKeys = {
  created: "org.opencontainers.image.created",
  title: "org.opencontainers.image.title",
  version: "org.opencontainers.image.version",
  description: "org.opencontainers.image.description",
  source: "org.opencontainers.image.source",
  refName: "org.opencontainers.image.ref.name",
} as const;

const annotations = z.record(z.string(), z.string());

/** One thing that a manifest names (OCI Image 1.1, "Content Descriptors"). Keys of others are kept. */
export const descriptor = z.looseObject({
  mediaType: z.string().min(1).max(255),
  digest: ociDigest,
  size: z.int().nonnegative(),
  urls: z.array(z.string()).optional(),
  annotations: annotations.optional(),
  artifactType: z.string().max(255).optional(),
});
export type Descriptor = z.infer<typeof descriptor>;

/** An image manifest; helm and umoci leave `mediaType` out. */
export const imageManifest = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.enum(manifestMediaTypes.image).optional(),
  artifactType: z.string().max(255).optional(),
  config: descriptor,
  layers: z.array(descriptor),
  subject: descriptor.optional(),
  annotations: annotations.optional(),
});
export type ImageManifest = z.infer<typeof imageManifest>;

/** An index of manifests. */
export const imageIndex = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.enum(manifestMediaTypes.index).optional(),
  artifactType: z.string().max(255).optional(),
  manifests: z.array(descriptor),
  subject: descriptor.optional(),
  annotations: annotations.optional(),
});
export type ImageIndex = z.infer<typeof imageIndex>;
