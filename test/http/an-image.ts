import { env } from "cloudflare:test";
import { expect } from "vitest";
import { type ociErrorCode, ociErrors } from "../../src/contract/oci/failure.ts";
import { emptyBlob, manifestMediaTypes } from "../../src/contract/oci/manifest.ts";
import { type Asking, ask } from "./a-registry.ts";

const [image, dockerImage] = manifestMediaTypes.image;
const [index] = manifestMediaTypes.index;
export const imageType: string = image;
export const dockerImageType: string = dockerImage;
export const indexType: string = index;
let named = 0;

/** A plain repository that no other test has. */
export function aRepository(word = "plain"): string {
  named += 1;
  return `${word}-${crypto.randomUUID().slice(0, 8)}/r${named}`;
}

export function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)));
}

export async function digestOf(value: unknown, algorithm: "sha256" | "sha512" = "sha256"): Promise<string> {
  const name = algorithm === "sha256" ? "SHA-256" : "SHA-512";
  const hash = new Uint8Array(await crypto.subtle.digest(name, bytesOf(value)));
  return `${algorithm}:${[...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export async function aDescriptor(of: string, parts: object = {}) {
  return { mediaType: "application/octet-stream", digest: await digestOf(of), size: bytesOf(of).byteLength, ...parts };
}

/** Rows as pushes of these blobs leave them: manifests are judged by rows. What is pulled is pushed (`pushBlob`). */
export async function haveBlobs(repository: string, digests: readonly string[]): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO oci_blob (repository, digest, size_bytes, touched_at)
     SELECT ?, value, 2, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
  )
    .bind(repository, new Date().toISOString(), JSON.stringify(digests))
    .run();
}

/** An image manifest whose blobs the repository has; a test states only what matters to it. */
export async function anImage(repository: string, parts: object = {}): Promise<object> {
  await haveBlobs(repository, [emptyBlob.digest]);
  return { schemaVersion: 2, mediaType: imageType, config: emptyBlob, layers: [], ...parts };
}

export function put(repository: string, reference: string, manifest: unknown, asking: Asking = {}): Promise<Response> {
  const body = bytesOf(manifest);
  return ask("PUT", `/v2/${repository}/manifests/${reference}`, { body, type: imageType, ...asking });
}

/** Pushes what a test takes for granted; answers its digest. */
export async function push(
  repository: string,
  reference: string,
  manifest: unknown,
  type = imageType,
): Promise<string> {
  const response = await put(repository, reference, manifest, { type });
  expect(response.status, await response.clone().text()).toBe(201);
  return response.headers.get("docker-content-digest") ?? "";
}

export function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return ask("GET", `/v2/${path}`, { headers });
}

/** What all answers of the registry have. */
export function expectOci(response: Response): void {
  expect(response.headers.get("docker-distribution-api-version")).toBe("registry/2.0");
  expect(response.headers.get("x-request-id")).toBeTruthy();
}

/** A refusal: its status, and an envelope of the contract that says something. */
export async function ociRefusalOf(response: Response, status: number, code: (typeof ociErrorCode.options)[number]) {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expectOci(response);
  expect(response.headers.get("content-type")).toBe("application/json");
  const [error] = ociErrors.parse(JSON.parse(text)).errors;
  expect(error?.code, text).toBe(code);
  expect(error?.message.length).toBeGreaterThan(10);
  return error?.message ?? "";
}
