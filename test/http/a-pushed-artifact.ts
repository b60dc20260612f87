import { expect } from "vitest";
import { registration } from "../../src/contract/artifact/registration.ts";
import { emptyBlob } from "../../src/contract/oci/manifest.ts";
import { bytesOf } from "./a-file.ts";
import { ask, askJson, read } from "./a-registry.ts";
import { sendBlob } from "./a-repository.ts";
import { digestOf, imageType, put } from "./an-image.ts";

/** How a document is pushed; what a test does not say is as `oras push` does it. */
export interface PushParts {
  mediaType?: string;
  file?: string | null;
  annotations?: Record<string, string>;
  layers?: object[];
  more?: string;
}

/** Pushes a text as the one layer of a manifest, as `oras push REPOSITORY:TAG FILE:TYPE` does. */
export async function pushText(
  repository: string,
  tag: string,
  text: string,
  parts: PushParts = {},
): Promise<Response> {
  const manifest = await manifestOf(repository, text, parts);
  return put(repository, `${tag}${parts.more ?? ""}`, manifest);
}

/** The same, taken for granted; answers the manifest's digest. */
export async function pushed(repository: string, tag: string, text: string, parts: PushParts = {}): Promise<string> {
  const response = await pushText(repository, tag, text, parts);
  expect(response.status, await response.clone().text()).toBe(201);
  return response.headers.get("docker-content-digest") ?? "";
}

/** The manifest of a pushed text, whose blobs are sent. */
export async function manifestOf(repository: string, text: string, parts: PushParts = {}): Promise<object> {
  const { mediaType = "application/yaml", file = "document.yaml", annotations, layers = [] } = parts;
  const layer = { digest: await digestOf(text), bytes: bytesOf(text) };
  const config = { digest: emptyBlob.digest, bytes: bytesOf("{}") };
  for (const blob of [layer, config]) expect([200, 201]).toContain(await sendBlob(repository, blob));
  const title = file === null ? {} : { annotations: { "org.opencontainers.image.title": file } };
  const descriptor = { mediaType, digest: layer.digest, size: layer.bytes.byteLength, ...title };
  return {
    schemaVersion: 2,
    mediaType: imageType,
    artifactType: "application/vnd.unknown.artifact.v1",
    config: emptyBlob,
    layers: [descriptor, ...layers],
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** A small template's text. */
export function aTemplateText(id: string, version = "1.0.0", inputs = "{}"): string {
  return `# pushed\ntemplate:\n  id: ${id}\n  version: ${version}\n  name: The ${id}\n  description: Pushed by a test.\n  interface: {inputs: ${inputs}, outputs: {result: {type: string}}}\n  requirements: {resources: {}}\n`;
}

/** A small workflow's text. */
export function aWorkflowText(id: string, version = "1.0.0", description = "Pushed by a test."): string {
  return `metadata:\n  id: ${id}\n  name: The ${id}\n  version: ${version}\n  description: ${description}\nsteps:\n  - id: plan\n    skill: plan\n`;
}

/** A small card, without a version. */
export function aCardText(name: string, description = "Plans."): string {
  const skill = { id: `${name}-plan`, name: "Plan", description: "Makes a plan.", tags: ["planning"] };
  return JSON.stringify({ name, description, url: "http://127.0.0.1:9/agent", skills: [skill] });
}

/** What publishing by the JSON API answered. */
export async function registered(path: string, text: string, type: string) {
  const response = await ask("POST", path, { body: text, type });
  expect([200, 201], await response.clone().text()).toContain(response.status);
  return registration.parse(await response.json());
}

/** What a read answers, which must be one. */
export async function told(path: string): Promise<Record<string, unknown>> {
  const response = await read(path);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
}

/** A change by the JSON API that must work. */
export async function change(method: string, path: string, body?: object): Promise<void> {
  const response = await (body === undefined ? ask(method, path) : askJson(method, path, body));
  expect(response.status, await response.clone().text()).toBe(200);
}
