/** Bytes that come in chunks of any size, in parts of exactly `partBytes`, but for the last. */
export async function* cutParts(chunks: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (waitingBytes + rest.byteLength >= partBytes) {
      const fits = partBytes - waitingBytes;
      yield joinChunks([...waiting, rest.subarray(0, fits)], partBytes);
      rest = rest.subarray(fits);
      [waiting, waitingBytes] = [[], 0];
    }
    if (rest.byteLength > 0) waiting.push(rest);
    waitingBytes += rest.byteLength;
  }
  if (waitingBytes > 0) yield joinChunks(waiting, waitingBytes);
}

/** Chunks in one piece; a single one is not copied. */
export function joinChunks(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
