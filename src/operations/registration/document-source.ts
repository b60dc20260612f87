import type { Reading } from "../../domain/document/placed-document.ts";

/** A document as its author sent it. */
export interface DocumentSource {
  reading: Reading;
  /** The bytes as sent; of a batch, this document's part of them. */
  bytes: Uint8Array;
  mediaType: "application/yaml" | "application/json";
  /** Its file's name; null when it was not told. */
  file: string | null;
}
