/*
 * Every limit of the registry, in one place. Each is enforced in code, because local simulators accept
 * more than production does (Cloudflare: 2 MB a D1 value, 25 MiB a KV value, 100 bound parameters a query).
 */

/** What concerns documents and lists. */
export const documentLimits = {
  /** A document or a source, as sent. */
  documentBytes: 256 * 1024,
  /** A document after its parents are merged in; below D1's 2 MB a value. */
  flattenedDocumentBytes: 512 * 1024,
  /** Nesting of maps and lists in a document or in a JSON body. */
  documentDepth: 32,
  /** YAML alias expansions in one document. */
  yamlAliases: 100,
  /** Values (scalars, maps, lists) in one document, after aliases are expanded. */
  documentNodes: 20_000,
  /** Documents in a chain of `extends`, the child included. */
  inheritanceDepth: 8,
  /** Issues that one answer carries; the rest are counted. */
  issues: 200,
  /** Documents in one `:batch`. */
  batchDocuments: 500,
  /** Body of one `:batch`. */
  batchBytes: 8 * 1024 * 1024,
  /** Body of a JSON request that is no document (tags, states, inputs to validate). */
  requestBytes: 1024 * 1024,
  /** Inputs, outputs, or properties of one object. */
  fields: 256,
  /** Depth of `items` and `properties` inside one input. */
  fieldDepth: 16,
  enumValues: 1000,
  keywords: 32,
  examples: 50,
  stages: 32,
  models: 64,
  qualityPresets: 32,
  patternLength: 1000,
  /** Versions of one name, deleted ones included: a name's index must stay below a KV value and cheap to send. */
  versionsPerName: 2000,
  tagsPerName: 200,
  pageItems: 200,
  pageItemsDefault: 50,
  searchLength: 200,
  selectorLength: 200,
} as const;

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

/** What concerns functions published as source code. */
export const functionLimits = {
  /** Source code, as sent. */
  codeBytes: 256 * 1024,
  /** Functions that one source publishes: one D1 batch takes them all. */
  functionsPerSource: 32,
  parametersPerFunction: 64,
  /** Third-party modules that one source imports. */
  packagesPerSource: 100,
  /** Nesting of expressions and blocks that analysis follows; deeper code is refused. */
  sourceDepth: 200,
  fileNameLength: 255,
  /** Installed third-party modules that a runner tells. */
  packagesPerRunner: 2000,
  /** JSON of the inputs of a function at the edge. */
  edgeInputBytes: 1024 * 1024,
  /** JSON of what a function at the edge returns. */
  edgeOutputBytes: 1024 * 1024,
  /** CPU time of one call at the edge. */
  edgeCpuMs: 1000,
  /** From the call to its answer, at the edge. */
  edgeWallMs: 10_000,
  /** Lines, and characters of each, that a function at the edge may log. */
  edgeLogLines: 100,
  edgeLogLineLength: 1000,
} as const;

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

/** What concerns agent cards. */
export const agentLimits = {
  skillsPerAgent: 200,
  labelsPerAgent: 64,
  /** Tags of one skill, and its examples. */
  textsPerSkill: 100,
  /** Media types that a card, or one of its skills, takes or gives. */
  mediaTypesPerAgent: 100,
  /** Further addresses of one agent. */
  interfacesPerAgent: 50,
  /** Agents, by name, that are looked at when a skill is asked for. */
  agentsPerSkill: 1000,
  /** One health check. */
  healthTimeoutMs: 5000,
  /** How long what a check found is good, and for how long it is kept once the agent is asked no more. */
  healthGoodSeconds: 50,
  healthKeptSeconds: 24 * 3600,
  /** Agents that one sweep asks; the others are the next one's. */
  healthChecksPerSweep: 120,
  /** What checking one value by the JSON Schema of a card may take: one for each place of the value and each schema that looks at it. */
  schemaSteps: 5_000_000,
} as const;

/** What concerns workflows and the expressions in them. */
export const workflowLimits = {
  /** One expression, without its braces. */
  expressionLength: 2000,
  /** Nesting of brackets, arguments and operands in one expression. */
  expressionDepth: 32,
  /** Names, constants, operators and calls in one expression. */
  expressionNodes: 500,
  /** Steps that evaluating one expression may take: one for each part that is looked at, more for what reads long texts and lists. */
  expressionSteps: 100_000,
  /** JSON of all outputs that the expressions of one step's inputs may read. */
  expressionReadBytes: 16 * 1024 * 1024,
  /** Levels of steps inside of steps. */
  workflowDepth: 8,
  /** Steps of one workflow, those inside of others too. */
  workflowSteps: 500,
  /** Attempts after the first one. */
  retryCount: 19,
  /** Between two attempts. */
  retryWaitSeconds: 24 * 3600,
  /** Of one step that calls a skill. */
  stepTimeoutSeconds: 7 * 24 * 3600,
  /** Of a whole workflow, and of all that waits for people or for other steps. Cloudflare Workflows wait a year at most. */
  workflowTimeoutSeconds: 365 * 24 * 3600,
  /** Items of one map at the same time. */
  mapConcurrency: 100,
  /** Items of one map. */
  mapItems: 10_000,
  /** Calls and questions of one run, those of each item counted. Cloudflare Workflows take 25,000 steps an instance; one of ours may take several. */
  stepsPerRun: 5000,
  /** Steps that `GET /v1/runs/{id}` tells; `/steps` has all. */
  stepsPerAnswer: 1000,
  stepPathLength: 1000,
  /** Workflows that call each other, one inside of the other. */
  workflowNesting: 8,
  /** Different skills of a run, those of the workflows that it calls too. */
  skillsPerRun: 1000,
  /** JSON of all that a run of a workflow pins: its document, those of the workflows that it calls, and who answers to their skills. */
  planBytes: 8 * 1024 * 1024,
  approvers: 50,
  /** What somebody says with an answer. */
  commentLength: 2000,
  /** Of one call of an agent, when the step says no `timeout`; and what it may answer, as JSON. */
  agentCallSeconds: 300,
  /** Of one call of an agent, whatever the step says: one attempt is one step of Cloudflare's. */
  agentCallMostSeconds: 12 * 3600,
  agentAnswerBytes: 4 * 1024 * 1024,
  /** Expressions of one document, together: reading one costs more than its length. */
  expressionsLength: 64 * 1024,
} as const;

/** All of them. */
export const limits = {
  ...documentLimits,
  ...runLimits,
  ...functionLimits,
  ...ociLimits,
  ...agentLimits,
  ...workflowLimits,
} as const;
