import { LRUCache } from "lru-cache";
import { KeyMemory } from "../operations/access/key-memory.ts";
import { TokenMemory } from "../operations/access/token-memory.ts";
import { LookupMemory } from "../operations/lookup/lookup-memory.ts";
import { BlobMemory } from "../operations/oci/blob/blob-memory.ts";
import type { Settings } from "./settings.ts";

let memory: LookupMemory | null = null;

/** The lookup memory that all requests of this isolate share. */
export function lookupMemory(settings: Settings): LookupMemory {
  memory ??= new LookupMemory(settings.LOOKUP_MEMORY_MIB * 1024 * 1024);
  return memory;
}

/** Small blobs of OCI repositories, as all requests of this isolate share them. */
export const blobMemory = new BlobMemory(8 * 1024 * 1024);

/** Public keys of those who sign identities. */
export const issuerKeys = new KeyMemory();

/** When this isolate last woke the instance of a run, in milliseconds since 1970. */
export const wokenAt = new LRUCache<string, number>({ max: 10_000 });

/** What D1 said of access tokens of late. */
export const tokenMemory = new TokenMemory();
