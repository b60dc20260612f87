import type { File } from "../contract/file/file.ts";
import type { Upload } from "../contract/file/upload.ts";
import { beginUpload, completeUpload, getFileFacts, sendFile, sendPart } from "../contract/http/files.ts";
import { limits } from "../contract/limits.ts";
import { again } from "./again.ts";
import { CallFailure } from "./call-failure.ts";
import type { Client } from "./create-client.ts";

/** A file to send: where its bytes come from is the caller's affair (a disk, a Blob, memory). */
export interface FileSource {
  digest: string;
  sizeBytes: number;
  name?: string;
  /** What the registry goes by when the bytes alone do not tell. */
  mediaType?: string;
  /** Bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface UploadOptions {
  signal?: AbortSignal;
  /** Told how many bytes are there. */
  onProgress?: (sentBytes: number) => void;
}

/** For one part or one small file, over a slow line too. */
const sendTimeoutMs = 300_000;
const partsAtOnce = 3;

/** Sends a file unless the registry has its bytes already: a small one in one request, a large one in parts that are sent again alone. */
export async function uploadFile(
  client: Client,
  source: FileSource,
  options: UploadOptions = {},
): Promise<{ file: File; isNew: boolean }> {
  const { digest, sizeBytes } = source;
  const known = await findFile(client, digest, options.signal);
  if (known !== null) return { file: known, isNew: false };
  const told = {
    ...(source.name === undefined ? {} : { name: source.name }),
    ...(source.mediaType === undefined ? {} : { media_type: source.mediaType }),
  };
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  if (sizeBytes <= limits.uploadPartBytes) {
    const body = await source.read(0, sizeBytes);
    const request = { query: { digest, ...told }, body, isIdempotent: true, timeoutMs: sendTimeoutMs, ...signal };
    const file = await again(() => client.call(sendFile, request), options);
    options.onProgress?.(sizeBytes);
    return { file, isNew: true };
  }
  const begun = await client.call(beginUpload, { body: { digest, size_bytes: sizeBytes, ...told }, ...signal });
  const { id } = begun;
  if (id !== null) {
    const upload = { ...begun, id };
    await sendParts(client, source, upload, options);
    const request = { params: { upload_id: id }, isIdempotent: true, timeoutMs: sendTimeoutMs, ...signal };
    return { file: await again(() => client.call(completeUpload, request), options), isNew: true };
  }
  const file = await findFile(client, digest, options.signal);
  if (file === null) throw new Error(`${client.url} says that it has ${digest}, and does not know it`);
  return { file, isNew: false };
}

/** A file's facts, or null when the registry has no such file. */
async function findFile(client: Client, digest: string, signal: AbortSignal | undefined): Promise<File | null> {
  try {
    return await client.call(getFileFacts, { params: { digest }, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (error instanceof CallFailure && error.problem?.code === "FILE_NOT_FOUND") return null;
    throw error;
  }
}

/** Sends what the upload lacks, a few parts side by side. */
async function sendParts(
  client: Client,
  source: FileSource,
  upload: Upload & { id: string },
  options: UploadOptions,
): Promise<void> {
  const received = new Set(upload.received);
  const missing = Array.from({ length: upload.part_count }, (_, i) => i + 1).filter((part) => !received.has(part));
  let sentBytes = [...received].reduce((sum, part) => sum + sizeOf(upload, part), 0);
  options.onProgress?.(sentBytes);
  const failed = new AbortController();
  const signal = options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const sendNext = async (): Promise<void> => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      const start = (part - 1) * upload.part_bytes;
      const body = await source.read(start, start + sizeOf(upload, part));
      const request = { params: { upload_id: upload.id, part: String(part) }, body, timeoutMs: sendTimeoutMs, signal };
      await again(() => client.call(sendPart, request), { signal });
      sentBytes += body.byteLength;
      options.onProgress?.(sentBytes);
    }
  };
  try {
    await Promise.all(Array.from({ length: partsAtOnce }, sendNext));
  } finally {
    failed.abort();
  }
}

function sizeOf(upload: Upload, part: number): number {
  return Math.min(upload.part_bytes, upload.size_bytes - (part - 1) * upload.part_bytes);
}
