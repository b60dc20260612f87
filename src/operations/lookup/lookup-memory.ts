import { LRUCache } from "lru-cache";
import type { NameIndex } from "../../contract/artifact/name-index.ts";
import { CoherenceView } from "../../domain/lookup/coherence-view.ts";
import type { LookupAnswer } from "./lookup-answer.ts";

/** An index in memory, with the answers that selectors gave for it: dropped together, so that no answer outlives its index. */
export interface RememberedIndex {
  index: NameIndex;
  answers: Map<string, LookupAnswer>;
}

/**
 * What the requests of one isolate share: plain values only. A promise or a stream made in one request must never be awaited in
 * another, so none is kept here.
 */
export class LookupMemory {
  readonly view = new CoherenceView();
  readonly #indexes: LRUCache<string, RememberedIndex>;
  /** Bodies ready to send, by kind, name, version and state: documents never change, so these outlive their index. */
  readonly #bodies: LRUCache<string, Uint8Array>;

  /** `maxBytes` bounds both together: an eighth for indexes, the rest for bodies. */
  constructor(maxBytes: number) {
    const indexBytes = Math.floor(maxBytes / 8);
    this.#indexes = new LRUCache({ maxSize: indexBytes, sizeCalculation: ({ index }) => indexSizeBytes(index) });
    this.#bodies = new LRUCache({ maxSize: maxBytes - indexBytes, sizeCalculation: (body) => body.byteLength + 512 });
  }

  index(key: string): RememberedIndex | undefined {
    return this.#indexes.get(key);
  }

  rememberIndex(key: string, index: NameIndex): RememberedIndex {
    const remembered = { index, answers: new Map() };
    this.#indexes.set(key, remembered);
    return remembered;
  }

  /** Forgets the indexes that are no longer proven, among `keys` or among all. */
  forgetUnproven(keys: readonly string[] | "all"): void {
    const candidates = keys === "all" ? [...this.#indexes.keys()] : keys;
    for (const key of candidates) {
      const seq = this.#indexes.peek(key)?.index.seq;
      if (seq === undefined) continue;
      const isProven = keys === "all" ? this.view.mayUse(key, seq) : this.view.isNotOlderThanKnown(key, seq);
      if (!isProven) this.#indexes.delete(key);
    }
  }

  /** This isolate's caller published: what it reads next must include it. */
  noteChange(key: string, seq: number): void {
    this.view.noteChange(key, seq);
    this.forgetUnproven([key]);
  }

  body(key: string): Uint8Array | undefined {
    return this.#bodies.get(key);
  }

  rememberBody(key: string, body: Uint8Array): void {
    this.#bodies.set(key, body);
  }

  /** Bytes held, as the bounds count them. */
  get sizeBytes(): number {
    return this.#indexes.calculatedSize + this.#bodies.calculatedSize;
  }

  get indexCount(): number {
    return this.#indexes.size;
  }
}

/** The key of a name in every lookup structure. */
export function nameKey(kind: string, name: string): string {
  return `${kind}/${name}`;
}

/** An estimate that errs high: strings, object headers and the answers that may come to hang on it. */
function indexSizeBytes(index: NameIndex): number {
  return 1024 + index.versions.length * 400 + Object.keys(index.tags).length * 80;
}
