import { type ImportAnswer, importAnswer } from "../../../src/contract/http/layout.ts";
import { expectStatus } from "./oci-calls.ts";
import type { OciRegistry } from "./oci-registry.ts";

/** Exports a registry, or a part of it. */
export async function exportLayout(registry: OciRegistry, query = ""): Promise<Buffer<ArrayBuffer>> {
  const headers = { authorization: `Bearer ${registry.token()}` };
  const response = await expectStatus(await fetch(`${registry.url()}/v1/export${query}`, { headers }), 200);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.headers.get("content-length") !== String(bytes.byteLength))
    throw new Error("the export tells no length");
  return bytes;
}

/** Imports an image layout; answers what was made of each thing. */
export async function importLayout(
  registry: OciRegistry,
  bytes: Buffer<ArrayBuffer>,
  query = "",
): Promise<ImportAnswer> {
  const headers = { authorization: `Bearer ${registry.token()}`, "content-type": "application/x-tar" };
  const sent = fetch(`${registry.url()}/v1/import${query}`, { method: "POST", headers, body: bytes });
  return importAnswer.parse(await (await expectStatus(await sent, 200)).json());
}
