import { SELF } from "cloudflare:test";
import { expect } from "vitest";
import { type Problem, problem } from "../../src/contract/failure.ts";

export const adminToken = "test-admin-token";
const origin = "http://localhost";
let named = 0;

/** A name that no other test of the file has. */
export function aName(word = "sample"): string {
  named += 1;
  return `${word}_${named}`;
}

/** A document that is accepted; a test states only what matters to it. */
export function aDocument(
  id: string,
  parts: Record<string, unknown> & { version?: string; inputs?: object; outputs?: object } = {},
): { template: Record<string, unknown> } {
  const { version = "1.0.0", inputs = {}, outputs = { result: { type: "string" } }, ...rest } = parts;
  return {
    template: {
      id,
      version,
      name: `The ${id}`,
      description: "Made by a test.",
      interface: { inputs, outputs },
      requirements: { resources: {} },
      ...rest,
    },
  };
}

export interface Asking {
  body?: string | Uint8Array<ArrayBuffer>;
  type?: string;
  /** Null: none is sent. */
  token?: string | null;
  headers?: Record<string, string>;
}

/** One request to the whole Worker, with the admin token unless a test says otherwise. */
export function ask(method: string, path: string, asking: Asking = {}): Promise<Response> {
  const { body, type, token = adminToken, headers = {} } = asking;
  return SELF.fetch(`${origin}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(type === undefined ? {} : { "Content-Type": type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** A public read, without a token. */
export function read(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return ask("GET", path, { token: null, headers });
}

/** The source of a version as it was published. */
export async function readSource(reference: string): Promise<string> {
  const response = await read(`/v1/templates/${reference}`, { Accept: "application/yaml" });
  expect(response.status).toBe(200);
  // Not text(): workerd warns about it on application/yaml.
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
}

export function postYaml(text: string, query = ""): Promise<Response> {
  return ask("POST", `/v1/templates${query}`, { body: text, type: "application/yaml" });
}

export function postDocument(document: object, query = ""): Promise<Response> {
  return ask("POST", `/v1/templates${query}`, { body: JSON.stringify(document), type: "application/json" });
}

export function postBatch(documents: object[], query = ""): Promise<Response> {
  return ask("POST", `/v1/templates:batch${query}`, { body: JSON.stringify(documents), type: "application/json" });
}

export function askJson(method: string, path: string, body: unknown): Promise<Response> {
  return ask(method, path, { body: JSON.stringify(body), type: "application/json" });
}

/** Publishes what a test takes for granted; answers the registration. */
export async function publish(
  document: object,
): Promise<{ digest: string; seq: number; tags: Record<string, string> }> {
  const response = await postDocument(document);
  expect(response.status, await response.clone().text()).toBe(201);
  return response.json();
}

/** A change that a test takes for granted. */
export async function change(method: string, path: string, body: unknown = {}): Promise<{ seq: number }> {
  const isDelete = method === "DELETE";
  const response = isDelete ? await ask(method, path) : await askJson(method, path, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
}

/** A refusal: its status, and a problem of the contract that says something. */
export async function refusalOf(response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const told = problem.parse(JSON.parse(text));
  expect(told.status).toBe(status);
  expect(told.detail.length).toBeGreaterThan(10);
  expect(response.headers.get("x-request-id")).toBe(told.request_id);
  return told;
}
