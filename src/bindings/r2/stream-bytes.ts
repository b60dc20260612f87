/**
 * Hands bytes to a reader that must know how many come, as R2's `put` and `uploadPart` must. Nothing is buffered. If the source
 * throws, the reader gets nothing whole and so keeps nothing.
 */
export async function streamBytes<Answer>(
  source: AsyncIterable<Uint8Array>,
  sizeBytes: number,
  read: (stream: ReadableStream) => Promise<Answer>,
): Promise<Answer> {
  const { readable, writable } = new FixedLengthStream(sizeBytes);
  const [written, answered] = await Promise.allSettled([writeAll(source, writable), read(readable)]);
  // When both failed, one failed because of the other: the source's own error says what was wrong with the bytes.
  if (written.status === "rejected" && !(answered.status === "rejected" && isConsequence(written.reason))) {
    throw written.reason;
  }
  if (answered.status === "rejected") throw answered.reason;
  return answered.value;
}

async function writeAll(source: AsyncIterable<Uint8Array>, writable: WritableStream): Promise<void> {
  const writer = writable.getWriter();
  // An error of the reader arrives by the next write; this promise of the same error must not go unheard.
  writer.closed.catch(() => undefined);
  try {
    for await (const chunk of source) {
      await writer.write(chunk).catch(readerStopped);
    }
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
  await writer.close().catch(readerStopped);
}

class ReaderStopped extends Error {}

function readerStopped(cause: unknown): never {
  throw new ReaderStopped("whoever read the bytes stopped", { cause });
}

function isConsequence(error: unknown): boolean {
  return error instanceof ReaderStopped;
}
