import { LRUCache } from "lru-cache";

/**
 * Bytes of small blobs that the requests of one isolate share. They never change, so nothing is ever forgotten but for room; whether a
 * repository has a blob is asked of its keeper each time.
 */
export class BlobMemory {
  readonly #blobs: LRUCache<string, Uint8Array>;

  constructor(maxBytes: number) {
    this.#blobs = new LRUCache({ maxSize: maxBytes, sizeCalculation: (bytes) => bytes.byteLength + 512 });
  }

  get(digest: string): Uint8Array | undefined {
    return this.#blobs.get(digest);
  }

  remember(digest: string, bytes: Uint8Array): void {
    this.#blobs.set(digest, bytes);
  }
}
