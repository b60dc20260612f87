import { LRUCache } from "lru-cache";
import type { NameIndex } from "../../contract/artifact/name-index.ts";
import { CoherenceView } from "../../domain/lookup/coherence-view.ts";
import type { LookupAnswer } from "./lookup-answer.ts";

/** Names that left memory, of which an isolate remembers how new their state was; some 100 bytes each. */
const rememberedFloors = 8192;

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
  readonly view: CoherenceView;
  readonly #indexes: LRUCache<string, RememberedIndex>;
  /** Bodies ready to send, by kind, name, version and state: documents never change, so these outlive their index. */
  readonly #bodies: LRUCache<string, Uint8Array>;
  /** How new the state of a name was that may have been answered but is not in memory: what comes next must not be older. */
  readonly #floors = new LRUCache<string, number>({ max: rememberedFloors });

  /** `maxBytes` bounds both together: a third for indexes, the rest for bodies. */
  constructor(maxBytes: number, view = new CoherenceView()) {
    this.view = view;
    const indexBytes = Math.floor(maxBytes / 3);
    this.#indexes = new LRUCache({
      maxSize: indexBytes,
      sizeCalculation: ({ index }) => indexSizeBytes(index),
      dispose: ({ index }, key) => this.#raiseFloor(key, index.seq),
    });
    this.#bodies = new LRUCache({ maxSize: maxBytes - indexBytes, sizeCalculation: (body) => body.byteLength + 512 });
  }

  index(key: string): RememberedIndex | undefined {
    return this.#indexes.get(key);
  }

  /** Takes an index that is proven, and answers it as remembered; memory may be too small to keep it. */
  rememberIndex(key: string, index: NameIndex): RememberedIndex {
    const remembered = { index, answers: new Map() };
    this.#indexes.set(key, remembered);
    if (!this.#indexes.has(key)) this.#raiseFloor(key, index.seq);
    return remembered;
  }

  /** Whether an index that is true at `seq` may be answered as fresh: it misses nothing this isolate knows of or has answered. */
  isProven(key: string, seq: number): boolean {
    // What is proven up to `appliedSeq` is at least as new as anything that was true at a floor below it.
    return this.view.mayUse(key, seq) && Math.max(seq, this.view.appliedSeq) >= this.#floor(key);
  }

  /** Whether an index from KV may be answered as stale: nothing proves it, but it takes this isolate's callers not back in time. */
  mayAnswerStale(key: string, seq: number): boolean {
    return this.isProven(key, seq) || (this.view.isNotOlderThanKnown(key, seq) && seq >= this.#floor(key));
  }

  /** An index was answered that is not in memory. */
  noteAnswered(key: string, seq: number): void {
    this.#raiseFloor(key, seq);
  }

  /** Forgets the indexes that are no longer proven, among `keys` or among all. */
  forgetUnproven(keys: readonly string[] | "all"): void {
    const candidates = keys === "all" ? [...this.#indexes.keys()] : keys;
    for (const key of candidates) {
      const seq = this.#indexes.peek(key)?.index.seq;
      if (seq === undefined) continue;
      if (!this.view.mayUse(key, seq)) this.#indexes.delete(key);
    }
  }

  /** This isolate's caller published: what it reads next must include it. */
  noteChange(key: string, seq: number): void {
    this.view.noteChange(key, seq);
    this.#raiseFloor(key, seq);
    this.forgetUnproven([key]);
  }

  /** The newest seq at which a state of this name may have been answered. */
  #floor(key: string): number {
    return Math.max(this.#floors.get(key) ?? 0, this.#indexes.peek(key)?.index.seq ?? 0);
  }

  #raiseFloor(key: string, seq: number): void {
    if (seq > (this.#floors.get(key) ?? 0)) this.#floors.set(key, seq);
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
