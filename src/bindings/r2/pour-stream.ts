/**
 * Lets the runtime itself move bytes to a reader that must know how many come, as R2's `put` must: unlike `streamBytes`, no chunk of it
 * passes through JavaScript. If `pour` fails, or more or fewer bytes come, the reader gets nothing whole and so keeps nothing. `pour`
 * closes the stream when all is in it.
 */
export async function pourStream<Answer>(
  sizeBytes: number,
  pour: (into: WritableStream) => Promise<void>,
  read: (stream: ReadableStream) => Promise<Answer>,
): Promise<Answer> {
  const { readable, writable } = new FixedLengthStream(sizeBytes);
  let hasReaderFailed = false;
  const reading = read(readable).catch((error: unknown) => {
    hasReaderFailed = true;
    throw error;
  });
  const pouring = pour(writable).catch(async (error: unknown) => {
    const isConsequence = hasReaderFailed;
    await writable.abort(error).catch(() => undefined);
    throw isConsequence ? new ReaderStopped("whoever read the bytes stopped", { cause: error }) : error;
  });
  const [poured, answered] = await Promise.allSettled([pouring, reading]);
  // When both failed, one failed because of the other. A reader that says by number what was wrong was not just cut off.
  if (answered.status === "rejected" && (poured.status === "fulfilled" || isOwnError(answered.reason, poured.reason))) {
    throw answered.reason;
  }
  if (poured.status === "rejected") throw poured.reason;
  if (answered.status === "rejected") throw answered.reason;
  return answered.value;
}

class ReaderStopped extends Error {}

function isOwnError(reason: unknown, poured: unknown): boolean {
  return poured instanceof ReaderStopped || (reason instanceof Error && /\(\d{5,6}\)\s*$/.test(reason.message));
}
