/** What one request of a publish carries at most; below the registry's own limits, so that progress is seen. */
export const sliceLimits = {
  documents: 100,
  bytes: 4 * 1024 * 1024,
  /** Names of files travel in the address, which may be 16 KiB long (Cloudflare). */
  nameBytes: 8 * 1024,
};

/**
 * Cuts documents, given in the order in which they must be registered, into slices. The order is kept over the slices, so a
 * parent is registered in the slice of its child or before it. A document larger than a slice gets one alone.
 */
export function sliceBatches<Item extends { text: string; sentAs?: string }>(
  items: readonly Item[],
  most: { documents: number; bytes: number; nameBytes?: number } = sliceLimits,
): Item[][] {
  const slices: Item[][] = [];
  let slice: Item[] = [];
  let sliceBytes = 0;
  let nameBytes = 0;
  for (const item of items) {
    const bytes = streamBytes(item.text);
    const ofName = encodeURIComponent(item.sentAs ?? "").length + "&file=".length;
    const isFull =
      slice.length >= most.documents ||
      sliceBytes + bytes > most.bytes ||
      nameBytes + ofName > (most.nameBytes ?? Number.POSITIVE_INFINITY);
    if (slice.length > 0 && isFull) {
      slices.push(slice);
      slice = [];
      sliceBytes = 0;
      nameBytes = 0;
    }
    slice.push(item);
    sliceBytes += bytes;
    nameBytes += ofName;
  }
  if (slice.length > 0) slices.push(slice);
  return slices;
}

/** What a document takes in a stream, the line end and marker after it included. */
function streamBytes(text: string): number {
  return new TextEncoder().encode(text).length + "\n...\n".length;
}
