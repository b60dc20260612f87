import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { refusal } from "../../domain/result.ts";
import { cutParts, joinChunks } from "./cut-parts.ts";

/** A body that is not what it should be. Thrown, because only so a stream under way to R2 stops there and then. */
export class RefusedBody extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Turns a `RefusedBody` into a refusal; everything else is still thrown. */
export function refusedBody(error: unknown): { ok: false; failure: Failure } {
  if (error instanceof RefusedBody) return refusal(error.failure);
  throw error;
}

/** What a body was said to be; null where nobody said. */
export interface SaidOfBody {
  sizeBytes: number | null;
  digest: string | null;
}

/**
 * A body read once, in chunks, hashed and counted on the way. Its end is given on only if the whole is what was said of it: a
 * reader that needs the end (R2) never keeps anything else.
 */
export class MeasuredBody {
  sizeBytes = 0;
  readonly #source: ReadableStreamDefaultReader<unknown>;
  readonly #said: SaidOfBody;
  readonly #hash = new crypto.DigestStream("SHA-256");
  readonly #hashing = this.#hash.getWriter();
  /** Read already, but not given on. */
  #ahead: Uint8Array[] = [];
  #digest: string | null = null;

  constructor(source: ReadableStream | ArrayBuffer, said: SaidOfBody) {
    const stream = source instanceof ReadableStream ? source : new Blob([source]).stream();
    this.#source = stream.getReader();
    this.#said = said;
    // Whoever gives up never asks for the digest.
    this.#hash.digest.catch(() => undefined);
  }

  /** The digest; known when all was read. */
  get digest(): string {
    if (this.#digest === null) throw new Error("the digest of a body was asked for before its end");
    return this.#digest;
  }

  get isRead(): boolean {
    return this.#digest !== null;
  }

  /** Reads ahead until `most` bytes or the end are there, and answers them; they are still given on by `chunks`. */
  async peek(most: number): Promise<Uint8Array> {
    let ahead = this.#ahead.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    while (ahead < most) {
      const chunk = await this.#next();
      if (chunk === null) break;
      this.#ahead.push(chunk);
      ahead += chunk.byteLength;
    }
    const whole = joinChunks(this.#ahead, ahead);
    this.#ahead = [whole];
    return whole;
  }

  /** All that was not given on yet. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#ahead.shift() ?? (await this.#next());
      if (chunk === null) return;
      if (chunk.byteLength > 0) yield chunk;
    }
  }

  /** The same in parts of exactly `partBytes`, but for the last. */
  parts(partBytes: number): AsyncGenerator<Uint8Array> {
    return cutParts(this.chunks(), partBytes);
  }

  /** Lets go of what was not read. Not at once: a sender whose connection breaks while they still send never reads the refusal. */
  async stop(): Promise<void> {
    if (this.isRead) return;
    for (let discarded = 0; discarded < discardBytes; ) {
      const read = await this.#source.read().catch(() => null);
      if (read === null || read.done || !(read.value instanceof Uint8Array)) break;
      discarded += read.value.byteLength;
    }
    await Promise.allSettled([this.#source.cancel(), this.#hashing.abort()]);
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#digest !== null) return null;
    const read = await this.#source.read().catch(() => refuseBody("the body broke off; send it again"));
    if (read.done) {
      await this.#end();
      return null;
    }
    const chunk = read.value instanceof Uint8Array ? read.value : refuseBody("the body has something else than bytes");
    this.sizeBytes += chunk.byteLength;
    if (this.sizeBytes > limits.fileRequestBytes) throw new RefusedBody(tooLarge);
    const { sizeBytes } = this.#said;
    if (sizeBytes !== null && this.sizeBytes > sizeBytes) {
      refuseBody(`the body must have ${sizeBytes} bytes, and more came; nothing of it was kept`);
    }
    await this.#hashing.write(chunk);
    return chunk;
  }

  async #end(): Promise<void> {
    await this.#hashing.close();
    const hex = [...new Uint8Array(await this.#hash.digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.#digest = `sha256:${hex}`;
    const { sizeBytes, digest } = this.#said;
    if (sizeBytes !== null && sizeBytes !== this.sizeBytes) {
      refuseBody(`the body must have ${sizeBytes} bytes, and ${this.sizeBytes} came; nothing of it was kept`);
    }
    if (digest !== null && digest !== this.#digest) {
      const message = `the bytes were said to be ${digest}, but the ${this.sizeBytes} that came are ${this.#digest}; send them again`;
      throw new RefusedBody({ code: "DIGEST_MISMATCH", message });
    }
  }
}

/** Of a body that is refused, so much is read and thrown away. */
const discardBytes = 2 * limits.fileRequestBytes;

/** One request takes no more. */
export const tooLarge: Failure = {
  code: "BODY_TOO_LARGE",
  message: `one request takes at most ${limits.fileRequestBytes / 1024 / 1024} MiB; send larger files in parts: begin with POST /v1/uploads`,
};

function refuseBody(message: string): never {
  throw new RefusedBody({ code: "INVALID_REQUEST", message });
}
