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
