/** What can be wrong with a document before the rules of its kind are asked. Each is an error. */
export type DocumentIssueCode =
  /** The document, or the stream of documents, has more bytes than the limit. */
  | "document_too_large"
  /** Maps and lists are nested deeper than the limit. */
  | "document_too_deep"
  /** More values than the limit, aliases expanded. */
  | "too_many_values"
  /** More documents in a stream than the limit. */
  | "too_many_documents"
  /** Nothing but white space and comments. */
  | "empty_document"
  /** A second document where one is read. */
  | "several_documents"
  /** The text is not YAML 1.2, nor JSON. */
  | "yaml_syntax"
  /** A `%YAML` directive that asks for another version than 1.2. */
  | "yaml_version"
  /** A key that is written twice in one map. */
  | "duplicate_key"
  /** A key that is no string: a number, a boolean, null, a list, a map or an alias. */
  | "key_not_string"
  /** A key that no document may have, because programs would misread it: `__proto__`. */
  | "forbidden_key"
  /** `<<`, which YAML 1.2 does not have. */
  | "merge_key"
  /** A tag that is none of YAML's own JSON types (`!secret`, `!!binary`, …). */
  | "custom_tag"
  /** More aliases than the limit. */
  | "too_many_aliases"
  /** An alias whose anchor was not seen before it. */
  | "unknown_alias"
  /** An alias inside the value that it stands for. */
  | "alias_cycle"
  /** `.nan`, `.inf`, or a number beyond 64-bit floats. */
  | "number_not_finite"
  /** An integer beyond ±(2^53 - 1), which JSON readers would round. */
  | "integer_too_large"
  /** A control character or half a surrogate pair, which JSON or a database would not carry. */
  | "bad_character"
  /** A value from a program that JSON has no text for. */
  | "not_json";
