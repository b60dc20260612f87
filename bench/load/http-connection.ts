import { connect, type Socket } from "node:net";

const headEnd = Buffer.from("\r\n\r\n");
const lastChunk = Buffer.from("\r\n0\r\n\r\n");

/** What one request got. */
export interface Received {
  status: number;
  bodyBytes: number;
}

/**
 * One keep-alive connection, one request at a time. Raw on purpose: on a machine of two cores an HTTP client of Node's would be
 * slower than the Worker that it measures. It reads only what it must: status, length or last chunk, and that all bytes came.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #receivedBytes = 0;
  /** Of head and body; 0: the head is not complete yet. */
  #expectedBytes = 0;
  #isChunked = false;
  /** The last bytes of a chunked answer, in which its end shows. */
  #tail = Buffer.alloc(0);
  #received: Received = { status: 0, bodyBytes: 0 };
  #done: ((received: Received) => void) | null = null;
  #failed: ((error: Error) => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the connection was closed in the middle of a request")));
  }

  static open(origin: string): Promise<HttpConnection> {
    const { hostname, port } = new URL(origin);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new HttpConnection(socket));
      });
    });
  }

  /** Sends a whole request; the callback comes in the same turn as the last byte, so that no promise is part of what is measured. */
  send(request: Buffer, done: (received: Received) => void, failed: (error: Error) => void): void {
    this.#done = done;
    this.#failed = failed;
    this.#socket.write(request);
  }

  close(): void {
    this.#failed = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#receivedBytes += chunk.length;
    if (this.#isChunked) this.#readChunked(chunk);
    else if (this.#expectedBytes === 0) this.#readHead(chunk);
    if (this.#expectedBytes === 0 || this.#receivedBytes < this.#expectedBytes) return;
    const done = this.#done;
    this.#chunks = [];
    this.#receivedBytes = 0;
    this.#expectedBytes = 0;
    this.#isChunked = false;
    done?.(this.#received);
  }

  #readHead(chunk: Buffer): void {
    this.#chunks.push(chunk);
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    const end = bytes.indexOf(headEnd);
    if (end < 0) return;
    const head = bytes.toString("latin1", 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined && /\r\ntransfer-encoding: chunked/i.test(head)) {
      this.#isChunked = true;
      this.#received = { status: Number(head.slice(9, 12)), bodyBytes: 0 };
      this.#readChunked(bytes.subarray(end + 2));
      return;
    }
    if (length === undefined) {
      this.#fail(new Error(`an answer without Content-Length, which this client does not read:\n${head}`));
      return;
    }
    this.#received = { status: Number(head.slice(9, 12)), bodyBytes: Number(length) };
    this.#expectedBytes = end + headEnd.length + Number(length);
  }

  /** Where the answer ends: nothing is sent after it, since one request is under way at a time. */
  #readChunked(chunk: Buffer): void {
    this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-lastChunk.length);
    this.#expectedBytes = this.#tail.equals(lastChunk) ? this.#receivedBytes : Number.POSITIVE_INFINITY;
    if (Number.isFinite(this.#expectedBytes)) this.#tail = Buffer.alloc(0);
  }

  #fail(error: Error): void {
    const failed = this.#failed;
    this.#failed = null;
    failed?.(error);
  }
}

/** A GET as it goes over the wire. */
export function getRequest(path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`);
}
