/** What the registry keeps of a manifest beside its bytes. Plain values: they travel to the repository's Registrar. */
export interface ManifestFacts {
  digest: string;
  mediaType: string;
  sizeBytes: number;
  /** What referrers are told and filtered by: the manifest's own, else its config's media type; null for an index without one. */
  artifactType: string | null;
  /** Digest of the manifest that this one is about. */
  subject: string | null;
  annotations: Record<string, string>;
  /** Blobs that must be in the repository: config and layers, but those with addresses of their own (`urls`). */
  blobs: { digest: string; sizeBytes: number }[];
  /** Manifests of an index, which must be there too. */
  manifests: string[];
}

/** A manifest with its bytes. */
export interface Manifest extends ManifestFacts {
  bytes: Uint8Array;
}
