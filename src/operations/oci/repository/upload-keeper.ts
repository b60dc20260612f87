import { LRUCache } from "lru-cache";
import type { UploadChunk, UploadSession } from "../../../bindings/durable/repository.ts";
import { UploadTable } from "../../../bindings/upload-session/upload-table.ts";
import { limits } from "../../../contract/limits.ts";

/** What the keeper of uploads works with. */
export interface UploadKeeperNeeds {
  /** The Durable Object's own. */
  storage: DurableObjectStorage;
  now: () => Date;
}

/** Sessions that ended without anything on disk, by id; some 200 bytes each. */
const rememberedEnds = 2048;

/**
 * Keeps what came of the upload sessions of one repository. That a session was begun is told by its id, so one whose bytes come all at once
 * is never on disk. Nothing here waits, so no two calls mix; the runtime holds an answer back until what it tells is on disk. Bytes of
 * sessions that nobody ended are swept from R2 by their age.
 */
export class UploadKeeper {
  readonly #needs: UploadKeeperNeeds;
  /** Most repositories never have an upload in chunks: those get no tables. Undefined: not looked for yet. */
  #found: UploadTable | null | undefined;
  /** What became of sessions without chunks. Should it be forgotten, such a session takes bytes again, and harms nobody. */
  readonly #completed = new LRUCache<string, string>({ max: rememberedEnds });

  constructor(needs: UploadKeeperNeeds) {
    this.#needs = needs;
  }

  /** Null: nothing came yet. */
  async findUpload(id: string): Promise<UploadSession | null> {
    return this.#find(id);
  }

  async listChunks(id: string): Promise<UploadChunk[]> {
    return this.#known?.listChunks(id) ?? [];
  }

  async addChunk(id: string, chunk: UploadChunk): Promise<{ taken: boolean; sizeBytes: number } | null> {
    const { sizeBytes, ended } = this.#find(id) ?? { sizeBytes: 0, ended: null };
    if (ended !== null) return null;
    if (chunk.offset !== sizeBytes) return { taken: false, sizeBytes };
    this.#table.insertChunk(id, chunk, this.#clear());
    return { taken: true, sizeBytes: sizeBytes + chunk.sizeBytes };
  }

  /** It became a blob. */
  completeUpload(id: string, digest: string): void {
    const session = this.#find(id);
    if (session === null) this.#completed.set(id, digest);
    else if (session.ended === null) this.#table.markEnded(id, digest, this.#needs.now().getTime());
  }

  async endUpload(id: string): Promise<string[] | null> {
    const ended = this.#find(id)?.ended ?? null;
    if (ended !== null) return null;
    const keys = this.#table.listChunks(id).map((chunk) => chunk.key);
    this.#table.markEnded(id, "cancelled", this.#clear());
    return keys;
  }

  /** Makes room for a row: what is too old goes. Answers the time. */
  #clear(): number {
    const now = this.#needs.now().getTime();
    this.#table.removeOlder(now - limits.uploadSessionSeconds * 1000);
    return now;
  }

  #find(id: string): UploadSession | null {
    const digest = this.#completed.get(id);
    if (digest !== undefined) return { sizeBytes: 0, chunks: 0, ended: { how: "completed", digest } };
    return this.#known?.load(id) ?? null;
  }

  get #known(): UploadTable | null {
    if (this.#found === undefined) this.#found = UploadTable.open(this.#needs.storage);
    return this.#found;
  }

  /** For what must be written. */
  get #table(): UploadTable {
    this.#found ??= new UploadTable(this.#needs.storage);
    return this.#found;
  }
}
