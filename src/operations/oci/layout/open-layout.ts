import { createTarPacker } from "modern-tar";
import { openBlob } from "../../../bindings/r2/blob-store.ts";
import type { Layout } from "./collect-layout.ts";

const marker = new TextEncoder().encode(JSON.stringify({ imageLayoutVersion: "1.0.0" }));

/** A tar under way: `done` is when all of it is sent, or given up. */
export interface OpenLayout {
  stream: ReadableStream;
  sizeBytes: number;
  done: Promise<void>;
}

/**
 * An image layout as a tar, sent while it is read from R2. Its size is known before, so a reader sees when it breaks off. Nothing in it
 * tells when or by whom it was made.
 */
export function openLayout(bucket: R2Bucket, layout: Layout): OpenLayout {
  const files: LayoutFile[] = [
    { name: "oci-layout", sizeBytes: marker.byteLength, bytes: marker },
    { name: "index.json", sizeBytes: layout.index.byteLength, bytes: layout.index },
    ...layout.blobs.map(({ digest, sizeBytes }) => ({ name: blobName(digest), sizeBytes, digest })),
  ];
  const sizeBytes = files.reduce((sum, file) => sum + entryBytes(file), 0) + 2 * block;
  const { readable, writable } = new FixedLengthStream(sizeBytes);
  const { readable: packed, controller } = createTarPacker();
  const packing = pack(bucket, files, controller).catch((error: unknown) => {
    controller.error(error);
    throw error;
  });
  const done = Promise.allSettled([packing, packed.pipeTo(writable)]).then(([packed]) => {
    if (packed.status === "rejected") throw packed.reason;
  });
  return { stream: readable, sizeBytes, done };
}

type LayoutFile = { name: string; sizeBytes: number } & ({ bytes: Uint8Array } | { digest: string });

async function pack(
  bucket: R2Bucket,
  files: readonly LayoutFile[],
  controller: ReturnType<typeof createTarPacker>["controller"],
): Promise<void> {
  // What comes next is read while this is sent: R2 takes longer to begin than a small file takes to send.
  const begun: Promise<Uint8Array>[] = [];
  let ahead = 0;
  for (const file of files) {
    for (; begun.length < filesAhead && ahead < files.length; ahead++) {
      const next = files[ahead];
      if (next !== undefined && isSmall(next)) begun.push(begin(bucket, next));
    }
    const small = isSmall(file) ? await begun.shift() : undefined;
    const body = small === undefined ? await openFile(bucket, file) : new Blob([small]).stream();
    const entry = controller.add({ name: file.name, size: file.sizeBytes, mtime: new Date(0), mode: 0o644 });
    await body.pipeTo(entry);
  }
  controller.finalize();
}

const filesAhead = 5;

function isSmall(file: LayoutFile): boolean {
  return file.sizeBytes <= 64 * 1024;
}

function begin(bucket: R2Bucket, file: LayoutFile): Promise<Uint8Array> {
  const reading = openFile(bucket, file).then(async (body) => new Uint8Array(await new Response(body).arrayBuffer()));
  // Its turn comes; until then nobody listens.
  reading.catch(() => undefined);
  return reading;
}

async function openFile(bucket: R2Bucket, file: LayoutFile): Promise<ReadableStream> {
  if ("bytes" in file) return new Blob([file.bytes]).stream();
  const body = await openBlob(bucket, file.digest, null);
  if (body === null) throw new Error(`the bytes of ${file.name} are gone from R2`);
  return body;
}

const block = 512;

/** Header and bytes, in blocks. A name of more than 100 characters, as sha512 makes them, has a header before its own (POSIX pax). */
function entryBytes({ name, sizeBytes }: LayoutFile): number {
  const headers = name.length > 100 ? 3 : 1;
  return (headers + Math.ceil(sizeBytes / block)) * block;
}

function blobName(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}
