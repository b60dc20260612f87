/** What concerns runs, runners, entities and files. */
export const runLimits = {
  /** JSON of a run's or an entity's request. */
  runRequestBytes: 4 * 1024 * 1024,
  /** A run's request with its files, as multipart; larger files are sent before. The Worker holds it in memory (128 MB in all). */
  multipartBytes: 32 * 1024 * 1024,
  /** JSON of inputs, outputs or an entity's data beyond this lies in R2 and is named by digest. */
  inlineValueBytes: 64 * 1024,
  /** JSON of inputs, outputs or an entity's data at most. */
  valueBytes: 4 * 1024 * 1024,
  /** Different references to entities in one request. */
  references: 100,
  /** Places of one request that a reference stands in. */
  referencePlaces: 1000,
  addressLength: 1000,
  /** A list or map with more leaves than this is told by one source when all of it came from one place. */
  sourceLeaves: 1000,
  /** JSON of an entity's `attribute_source`; a row of D1 has 2 MB at most. */
  sourceBytes: 512 * 1024,
  /** One `POST /v1/files`; Cloudflare takes request bodies up to 100 MB on its smaller plans. */
  fileRequestBytes: 95 * 1024 * 1024,
  /** One file; R2 takes 5 GiB less 5 MiB in one put. */
  fileBytes: 4 * 1024 * 1024 * 1024,
  /** Every part of an upload but its last has this size; R2 wants equal parts of at least 5 MiB. */
  uploadPartBytes: 8 * 1024 * 1024,
  uploadParts: 512,
  uploadSeconds: 24 * 3600,
  signedUrlSeconds: 7 * 24 * 3600,
  /** Files that one run's inputs or outputs name. */
  filesPerRun: 1000,
  /** Uploaded files that no entity names are removed after this. */
  unusedFileSeconds: 7 * 24 * 3600,
  idempotencyKeyLength: 255,
  /** For how long a repetition answers the first one's run. */
  idempotencySeconds: 7 * 24 * 3600,
  labels: 32,
  /** Files that come with a request as multipart. */
  multipartFiles: 100,
  outputsPerRun: 64,
  /** `Prefer: wait` at most. */
  waitSeconds: 60,
  lineageDepth: 50,
  lineageEntities: 1000,
  lineageEdges: 10_000,
  differences: 1000,
  devices: 32,
  modelsPerRunner: 2000,
  handlersPerRunner: 500,
  leasesPerRunner: 256,
  warmPerRunner: 500,
  /** Runs that wait in one pool. */
  waitingPerPool: 100_000,
  /** Events of one run that are kept; beyond, progress and log lines are dropped and the log says so. */
  eventsPerRun: 10_000,
  logBytesPerRun: 2 * 1024 * 1024,
  logLineLength: 4000,
  progressMessageLength: 500,
  failureMessageLength: 2000,
  failureDetailLength: 8000,
  /** One message of a runner; Workers take 1 MiB. */
  runnerMessageBytes: 512 * 1024,
} as const;
