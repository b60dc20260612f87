import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { blobSize, putBlob, putBlobStream } from "../../../bindings/r2/blob-store.ts";
import { isR2Refusal } from "../../../bindings/r2/r2-refusal.ts";
import type { Failure } from "../../../contract/failure.ts";
import { limits } from "../../../contract/limits.ts";
import { ociDigest } from "../../../contract/oci/digest.ts";
import { layoutMarker } from "../../../contract/oci/layout.ts";
import type { LayoutEntry } from "../../../domain/oci/layout-entry.ts";
import { readLayoutIndex } from "../../../domain/oci/read-layout-index.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";

/** An image layout whose blobs are in R2. */
export interface ReadLayout {
  entries: LayoutEntry[];
  /** Sizes of the archive's blobs, by digest. */
  blobs: Map<string, number>;
  /** Those whose bytes had another digest; nothing was kept of them. */
  damaged: Set<string>;
}

/**
 * Reads an image layout to its end and puts its blobs into R2, one after the other as they come, each under its digest, which R2 checks.
 * Nobody sees a blob that no manifest names: if the archive is not whole, nothing was changed, and a sweep takes the bytes away.
 */
export async function readLayout(bucket: R2Bucket, archive: ReadableStream): Promise<Result<ReadLayout, Failure>> {
  const reading: Reading = { marker: null, index: null, blobs: new Map(), damaged: new Set() };
  const reader = archive
    .pipeThrough(counted())
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(refuseArchive);
      if (done) break;
      await readEntry(bucket, reading, value);
    }
    return wholeLayout(reading);
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof RefusedLayout) return refusal(error.failure);
    throw error;
  }
}

interface Reading {
  marker: string | null;
  index: string | null;
  blobs: Map<string, number>;
  damaged: Set<string>;
}

async function readEntry(bucket: R2Bucket, reading: Reading, { header, body }: ParsedTarEntry): Promise<void> {
  const name = header.name.replace(/^(\.\/)+/, "");
  const told = JSON.stringify(header.name.slice(0, 200));
  if (header.type === "directory") return body.cancel();
  if (header.type !== "file" || Object.keys(header.pax ?? {}).some((key) => key.startsWith("GNU.sparse"))) {
    refuse(`${told} in the archive is no plain file; an image layout has no links, devices or sparse files`);
  }
  if (name.startsWith("/") || name.includes("\\") || name.split("/").includes("..")) {
    refuse(`${told} in the archive leads out of it; an image layout has oci-layout, index.json and blobs/`);
  }
  if (name === "oci-layout") reading.marker = await readText(name, reading.marker, header.size, markerBytes, body);
  else if (name === "index.json") {
    reading.index = await readText(name, reading.index, header.size, limits.layoutIndexBytes, body);
  } else if (name.startsWith("blobs/")) await readBlobEntry(bucket, reading, name, header.size, body);
  // Other tools put more beside: `manifest.json` of docker save, or a README.
  else await body.cancel();
}

const markerBytes = 4096;
/** Larger blobs are streamed. */
const memoryBytes = 1024 * 1024;
const mediaType = "application/octet-stream";

async function readBlobEntry(
  bucket: R2Bucket,
  { blobs, damaged }: Reading,
  name: string,
  sizeBytes: number,
  body: ReadableStream<Uint8Array>,
): Promise<void> {
  const digest = ociDigest.safeParse(name.slice("blobs/".length).replace("/", ":"));
  if (!digest.success) {
    refuse(
      `${JSON.stringify(name.slice(0, 200))} in the archive names no blob: ${digest.error.issues[0]?.message ?? ""}`,
    );
  }
  if (sizeBytes > limits.blobBytes) {
    refuse(`${name} has ${sizeBytes} bytes; a blob has at most ${limits.blobBytes / 1024 ** 3} GiB`);
  }
  if (blobs.size + damaged.size >= limits.layoutBlobs) {
    refuse(`the archive has more than ${limits.layoutBlobs} blobs; import it in parts`);
  }
  try {
    if (sizeBytes <= memoryBytes) await putBlob(bucket, digest.data, await readWhole(body, sizeBytes), mediaType);
    else await putBlobStream(bucket, digest.data, chunksOf(body), sizeBytes, mediaType);
    blobs.set(digest.data, sizeBytes);
  } catch (error) {
    if (isR2Refusal(error, "badDigest")) damaged.add(digest.data);
    // R2 takes about one write of a key a second. Whoever wrote it wrote the same bytes.
    else if (isR2Refusal(error, "tooFast") && (await blobSize(bucket, digest.data)) === sizeBytes) {
      blobs.set(digest.data, sizeBytes);
    } else throw error;
  }
}

async function readWhole(body: ReadableStream<Uint8Array>, sizeBytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for await (const chunk of chunksOf(body)) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** The text of a small file that there may be once. */
async function readText(
  name: string,
  before: string | null,
  sizeBytes: number,
  most: number,
  body: ReadableStream<Uint8Array>,
): Promise<string> {
  if (before !== null) refuse(`the archive has ${name} twice`);
  if (sizeBytes > most) refuse(`${name} has ${sizeBytes} bytes; at most ${most} are read`);
  const bytes = await readWhole(body, sizeBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    refuse(`${name} is not UTF-8`);
  }
}

function wholeLayout({ marker, index, blobs, damaged }: Reading): Result<ReadLayout, Failure> {
  if (marker === null || index === null) {
    refuse(`the archive has no ${marker === null ? "oci-layout" : "index.json"}, so it is no OCI image layout`);
  }
  if (!layoutMarker.safeParse(parseJson(marker)).success) refuse("oci-layout does not say imageLayoutVersion 1.x.x");
  const entries = readLayoutIndex(index);
  if (!entries.ok) refuse(entries.failure);
  return success({ entries: entries.value, blobs, damaged });
}

/** What comes may be endless. */
function counted(): TransformStream<Uint8Array, Uint8Array> {
  let sizeBytes = 0;
  let isFirst = true;
  return new TransformStream({
    transform(chunk, controller) {
      if (isFirst && chunk[0] === 0x1f && chunk[1] === 0x8b) refuse("the archive is compressed; gunzip it first");
      isFirst = false;
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limits.layoutBytes) {
        const message = `an import takes at most ${limits.layoutBytes / 1024 ** 3} GiB; export in parts`;
        throw new RefusedLayout({ code: "BODY_TOO_LARGE", message });
      }
      controller.enqueue(chunk);
    },
  });
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(refuseArchive);
    if (done) return;
    yield value;
  }
}

/** Thrown, because only so a stream under way to R2 stops there and then. */
class RefusedLayout extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What the reader of tars says of a broken one. */
function refuseArchive(error: unknown): never {
  if (error instanceof RefusedLayout) throw error;
  const why = error instanceof Error ? error.message : "it broke off";
  return refuse(
    `the archive cannot be read as a tar (${why.replace(/\.$/, "")}); send an image layout as GET /v1/export gives it`,
  );
}

function refuse(message: string): never {
  throw new RefusedLayout({ code: "INVALID_DOCUMENT", message });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
