/** What concerns the OCI registry at `/v2/`. */
export const ociLimits = {
  /** A repository's name. Clients cap host and name together at 255. */
  repositoryLength: 200,
  /** One manifest or index; OCI Distribution 1.1 asks registries to take 4 MiB. */
  manifestBytes: 4 * 1024 * 1024,
  /** Blobs and manifests that one manifest refers to. */
  manifestReferences: 10_000,
  /** Nesting of maps and lists in a manifest. */
  manifestDepth: 32,
  /** One blob; R2 takes 5 GiB less 5 MiB in one put. */
  blobBytes: 4 * 1024 * 1024 * 1024,
  /** What clients are asked to send at least in one chunk; smaller ones are taken too. */
  chunkMinBytes: 1024 * 1024,
  /** Chunks of one upload session. */
  chunksPerUpload: 10_000,
  /** How long an upload session lives. */
  uploadSessionSeconds: 24 * 3600,
  /** Tags that one `PUT` may set beside the one in its path (`?tag=`). */
  tagsPerPush: 20,
  /** Tags or repositories in one answer; more have a Link. */
  ociPageItems: 10_000,
  /** Referrers in one answer; more have a Link. */
  referrersPage: 500,
  /** Annotations that a manifest's row repeats, as JSON; larger ones are read from the manifest itself. */
  rowAnnotationsLength: 8 * 1024,
  /** Manifests that one list of referrers reads for their annotations; then it ends, with a Link. */
  referrersReadWhole: 20,
  /** How long a token of the token endpoint is good. */
  ociTokenSeconds: 300,
  /** Scopes that one token is asked for with. */
  ociScopes: 50,
  /** Body of a request for a token. */
  ociTokenRequestBytes: 16 * 1024,
  /** An image layout as one request sends it. Cloudflare takes bodies up to 100 MB on its smaller plans, one machine takes more. */
  layoutBytes: 256 * 1024 * 1024 * 1024,
  /** `index.json` of an image layout, which is held in memory. */
  layoutIndexBytes: 16 * 1024 * 1024,
  /** Blobs of one image layout. */
  layoutBlobs: 100_000,
  /** Bytes of a manifest or blob that are kept in memory; larger ones are read from R2 each time. */
  ociMemoryItemBytes: 64 * 1024,
} as const;
