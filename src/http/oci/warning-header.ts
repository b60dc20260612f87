/** A Warning header has at most so many bytes (OCI Distribution 1.1, "Warnings"). */
const most = 4096;

/** Text as the `Warning` header that clients print: code 299, no agent, no date, ASCII only. */
export function warningHeader(text: string): string {
  const plain = text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[^ -~]/gu, "?")
    .replaceAll(/["\\]/g, "\\$&");
  // Cutting may leave half of an escape behind.
  const room = most - '299 - ""'.length;
  const cut = plain.length <= room ? plain : plain.slice(0, room).replace(/\\*$/, "");
  return `299 - "${cut}"`;
}
