import { bytesToHex } from "@noble/hashes/utils.js";
import { hasBlob, putBlob, putBlobBody } from "../../../bindings/r2/blob-store.ts";
import { pourStream } from "../../../bindings/r2/pour-stream.ts";
import { isR2Refusal } from "../../../bindings/r2/r2-refusal.ts";
import { digestBytes } from "../manifest/digest-bytes.ts";
import { type BlobPiece, pieceBytes, pourPieces } from "../upload/blob-piece.ts";
import { RefusedUpload } from "../upload/refused-upload.ts";

const mediaType = "application/octet-stream";

/**
 * Sees to it that R2 has these bytes under this digest: throws a `RefusedUpload` when they are not its. Where R2 has them already, those
 * that came are still read and compared: who sends a digest alone must not get what is behind it.
 */
export async function placeBytes(blobs: R2Bucket, digest: string, pieces: readonly BlobPiece[]): Promise<void> {
  const sizeBytes = pieces.reduce((sum, piece) => sum + pieceBytes(piece), 0);
  const whole = inMemory(pieces);
  if (whole !== null) {
    const algorithm = digest.startsWith("sha512:") ? "sha512" : "sha256";
    if ((await digestBytes(algorithm, whole)) !== digest) refuseDigest(digest, sizeBytes);
    // Asking first whether R2 has them would take as long as putting so few bytes.
    await calmly(digest, putBlob(blobs, digest, whole, mediaType));
  } else if (await hasBlob(blobs, digest)) {
    await compare(blobs, digest, pieces, sizeBytes);
  } else {
    const put = (stream: ReadableStream) => putBlobBody(blobs, digest, stream, mediaType);
    const putting = pourStream(sizeBytes, (into) => pourPieces(blobs, pieces, into), put);
    await calmly(
      digest,
      putting.catch((error: unknown) => {
        if (isR2Refusal(error, "badDigest")) refuseDigest(digest, sizeBytes);
        throw error;
      }),
    );
  }
}

/** All of it, where all is in memory. */
function inMemory(pieces: readonly BlobPiece[]): Uint8Array | null {
  const [only, ...others] = pieces;
  if (only === undefined) return new Uint8Array();
  return others.length === 0 && only.from === "memory" ? only.bytes : null;
}

async function compare(
  blobs: R2Bucket,
  digest: string,
  pieces: readonly BlobPiece[],
  sizeBytes: number,
): Promise<void> {
  const hash = new crypto.DigestStream(digest.startsWith("sha512:") ? "SHA-512" : "SHA-256");
  // Nobody asks for it when the pieces break off.
  hash.digest.catch(() => undefined);
  await pourPieces(blobs, pieces, hash);
  if (!digest.endsWith(bytesToHex(new Uint8Array(await hash.digest)))) refuseDigest(digest, sizeBytes);
}

/** R2 takes about one write of a key a second: then others send the same. */
async function calmly(digest: string, putting: Promise<unknown>): Promise<void> {
  try {
    await putting;
  } catch (error) {
    if (!isR2Refusal(error, "tooFast")) throw error;
    const message = `others are sending ${digest} just now; send it again in a moment`;
    throw new RefusedUpload({ code: "TOOMANYREQUESTS", message, retryAfterSeconds: 1 });
  }
}

function refuseDigest(digest: string, sizeBytes: number): never {
  const message = `the ${sizeBytes} bytes that came do not have the digest ${digest}; nothing was stored`;
  throw new RefusedUpload({ code: "DIGEST_INVALID", message });
}
