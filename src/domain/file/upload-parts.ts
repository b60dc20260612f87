import { limits } from "../../contract/limits.ts";

/** How many parts an upload of this size has. */
export function partCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / limits.uploadPartBytes);
}

/** How many bytes a part (they count from 1) must have: all the same, but for the last; null when there is no such part. */
export function partBytes(sizeBytes: number, part: number): number | null {
  const count = partCount(sizeBytes);
  if (part < 1 || part > count) return null;
  return part < count ? limits.uploadPartBytes : sizeBytes - (count - 1) * limits.uploadPartBytes;
}

/** The parts that have not arrived, in order. */
export function missingParts(sizeBytes: number, received: readonly number[]): number[] {
  const there = new Set(received);
  return Array.from({ length: partCount(sizeBytes) }, (_, index) => index + 1).filter((part) => !there.has(part));
}

/** Some of many parts, in words. */
export function showParts(parts: readonly number[]): string {
  const shown = parts.slice(0, 10).join(", ");
  return parts.length > 10 ? `${shown} and ${parts.length - 10} more` : shown;
}
