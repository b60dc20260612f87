import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import type { JsonValue } from "./json-value.ts";

/** The identity of a document: `sha256:` over its canonical JSON, so comments, key order and line ends do not matter. */
export function canonicalDigest(value: JsonValue): string {
  return digestOfBytes(canonicalBytes(value));
}

/** The canonical JSON (RFC 8785) of a value, in UTF-8. */
export function canonicalBytes(value: JsonValue): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("canonicalBytes was given a value that JSON cannot carry");
  return utf8ToBytes(text);
}

/** `sha256:` and 64 lower-case hex digits of bytes as they are. */
export function digestOfBytes(bytes: Uint8Array): string {
  return `sha256:${bytesToHex(sha256(bytes))}`;
}
