import { env, SELF } from "cloudflare:test";
import { expect } from "vitest";
import { ociErrors } from "../../src/contract/oci/failure.ts";
import { type Asking, adminToken, ask } from "./a-registry.ts";

let named = 0;

/** A repository that no other test has. */
export function anUploadRepository(word = "uploads"): string {
  named += 1;
  return `${word}/of-${named}/${crypto.randomUUID().slice(0, 8)}`;
}

/** Bytes that no other test has. */
export function randomBytes(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  // The runtime gives 64 KiB of randomness at once.
  const block = crypto.getRandomValues(new Uint8Array(Math.min(sizeBytes, 65_536)));
  for (let at = 0, turn = 0; at < sizeBytes; at += block.byteLength, turn++) {
    bytes.set(block.subarray(0, Math.min(block.byteLength, sizeBytes - at)), at);
    bytes[at] = turn % 251;
  }
  return bytes;
}

export async function digestBy(algorithm: "sha256" | "sha512", bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest(algorithm === "sha256" ? "SHA-256" : "SHA-512", bytes));
  return `${algorithm}:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** An upload session; answers its address. */
export async function beginUpload(repository: string, query = ""): Promise<string> {
  const begun = await ask("POST", `/v2/${repository}/blobs/uploads/${query}`);
  expect(begun.status, await begun.clone().text()).toBe(202);
  const location = begun.headers.get("location") ?? "";
  expect(location).toMatch(new RegExp(`^/v2/${repository}/blobs/uploads/[0-9a-f]{8}-[0-9a-f-]+$`));
  expect(begun.headers.get("docker-upload-uuid")).toBe(uploadId(location));
  expect(begun.headers.get("range")).toBe("0-0");
  expect(begun.headers.get("oci-chunk-min-length")).toBe("1048576");
  return location;
}

export function uploadId(location: string): string {
  return location.split("/").at(-1) ?? "";
}

/** Sends the next bytes. `first`: where they say that they begin. */
export function sendChunk(location: string, bytes: Uint8Array<ArrayBuffer>, first?: number): Promise<Response> {
  const headers = first === undefined ? {} : { "Content-Range": `${first}-${first + bytes.byteLength - 1}` };
  return ask("PATCH", location, { body: bytes, type: "application/octet-stream", headers });
}

export function finishUpload(location: string, digest: string, asking: Asking = {}): Promise<Response> {
  return ask("PUT", `${location}?digest=${encodeURIComponent(digest)}`, {
    type: "application/octet-stream",
    ...asking,
  });
}

/** Sends a body of which nobody says how long it is. */
export function sendStream(
  method: string,
  path: string,
  body: ReadableStream,
  headers: Record<string, string> = {},
): Promise<Response> {
  const sent = { method, body, headers: { Authorization: `Bearer ${adminToken}`, ...headers } };
  return SELF.fetch(`http://localhost${path}`, sent);
}

/** A blob that a test takes for granted; answers its digest. */
export async function pushBlob(
  repository: string,
  bytes: Uint8Array<ArrayBuffer>,
  algorithm: "sha256" | "sha512" = "sha256",
): Promise<string> {
  const digest = await digestBy(algorithm, bytes);
  const put = await finishUpload(await beginUpload(repository), digest, { body: bytes });
  expectStored(put, repository, digest);
  return digest;
}

export function expectStored(response: Response, repository: string, digest: string): void {
  expect(response.status).toBe(201);
  expect(response.headers.get("location")).toBe(`/v2/${repository}/blobs/${digest}`);
  expect(response.headers.get("docker-content-digest")).toBe(digest);
}

/** The repository has these very bytes. */
export async function expectBlob(repository: string, digest: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const path = `/v2/${repository}/blobs/${digest}`;
  const head = await ask("HEAD", path);
  expect(head.status).toBe(200);
  expect(head.headers.get("content-length")).toBe(String(bytes.byteLength));
  expect(head.headers.get("docker-content-digest")).toBe(digest);
  const got = await ask("GET", path);
  expect(got.status).toBe(200);
  const came = new Uint8Array(await got.arrayBuffer());
  expect(came.byteLength).toBe(bytes.byteLength);
  expect(await digestBy("sha256", came)).toBe(await digestBy("sha256", bytes));
}

/** A refusal in OCI's envelope; answers its one error. */
export async function refusedWith(
  response: Response,
  status: number,
  code: string,
): Promise<{ code: string; message: string }> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  const [error, ...others] = ociErrors.parse(JSON.parse(text)).errors;
  expect(others).toEqual([]);
  expect(error?.code).toBe(code);
  expect(error?.message.length).toBeGreaterThan(10);
  return { code, message: error?.message ?? "" };
}

/** The session has so many bytes, and says so at its own address. */
export async function expectSession(location: string, sizeBytes: number): Promise<void> {
  const status = await ask("GET", location);
  expect(status.status).toBe(204);
  expect(status.headers.get("location")).toBe(location.split("?")[0]);
  expect(status.headers.get("range")).toBe(`0-${Math.max(0, sizeBytes - 1)}`);
  expect(status.headers.get("docker-upload-uuid")).toBe(uploadId(location));
}

/** How many chunks of an upload R2 has. */
export const incoming = async (location: string) =>
  (await env.BLOBS.list({ prefix: `incoming/oci/${uploadId(location)}/` })).objects.length;
