import { expect } from "vitest";
import { type File, file } from "../../src/contract/file/file.ts";
import { type Upload, upload } from "../../src/contract/file/upload.ts";
import { type Asking, ask, askJson } from "./a-registry.ts";

let made = 0;

/** Bytes that no other test of the file has. */
export function someBytes(sizeBytes: number): Uint8Array<ArrayBuffer> {
  made += 1;
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at++) bytes[at] = (at * 31 + made * 17 + (at >> 8)) % 251;
  return bytes;
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** The smallest PNG: one transparent pixel, and after its end whatever makes it different from others. */
export function aPng(tail = ""): Uint8Array<ArrayBuffer> {
  const text = atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
  return new Uint8Array([...Array.from(text, (letter) => letter.charCodeAt(0)), ...bytesOf(tail)]);
}

/** The digest of bytes, by the runtime's own SHA-256: megabytes take a while in JavaScript. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export function sendBytes(bytes: Uint8Array<ArrayBuffer>, query = "", asking: Asking = {}): Promise<Response> {
  return ask("POST", `/v1/files${query}`, { body: bytes, ...asking });
}

/** A file that a test takes for granted. */
export async function sendFile(bytes: Uint8Array<ArrayBuffer>, query = "", asking: Asking = {}): Promise<File> {
  const response = await sendBytes(bytes, query, asking);
  expect([200, 201], await response.clone().text()).toContain(response.status);
  const told = file.parse(await response.json());
  expect(told.digest).toBe(await digestOf(bytes));
  return told;
}

/** A body of which nobody says how long it is. */
export function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

/** An upload that a test takes for granted. */
export async function begin(
  bytes: Uint8Array<ArrayBuffer>,
  parts: Record<string, unknown> = {},
): Promise<Upload & { id: string }> {
  const asked = { digest: await digestOf(bytes), size_bytes: bytes.byteLength, ...parts };
  const response = await askJson("POST", "/v1/uploads", asked);
  expect(response.status, await response.clone().text()).toBe(201);
  const begun = upload.parse(await response.json());
  expect(response.headers.get("location")).toBe(begun.path);
  return { ...begun, id: begun.id ?? "" };
}

/** One part of an upload, cut out of the whole. */
export function sendPart(begun: Upload, whole: Uint8Array<ArrayBuffer>, part: number): Promise<Response> {
  const from = (part - 1) * begun.part_bytes;
  return ask("PUT", `${begun.path}/parts/${part}`, { body: whole.slice(from, from + begun.part_bytes) });
}
