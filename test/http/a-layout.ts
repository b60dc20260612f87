import { packTar, type TarHeader } from "modern-tar";
import { expect } from "vitest";
import { type ImportAnswer, importAnswer } from "../../src/contract/http/layout.ts";
import { layoutKeys } from "../../src/contract/oci/layout.ts";
import { manifestMediaTypes } from "../../src/contract/oci/manifest.ts";
import { bytesOf } from "./a-file.ts";
import { ask } from "./a-registry.ts";
import { type ABlob, aManifest, emptyConfig } from "./a-repository.ts";

/** One file of an archive. */
export interface AFile {
  header: Partial<TarHeader> & { name: string };
  bytes: Uint8Array<ArrayBuffer>;
}

export function aFile(name: string, content: string | Uint8Array<ArrayBuffer>, more: Partial<TarHeader> = {}): AFile {
  return { header: { name, ...more }, bytes: typeof content === "string" ? bytesOf(content) : content };
}

export const marker = aFile("oci-layout", '{"imageLayoutVersion":"1.0.0"}');

export function blobFile({ digest, bytes }: ABlob): AFile {
  return aFile(`blobs/${digest.replace(":", "/")}`, bytes);
}

/** An entry of `index.json`. */
export function anEntry({ digest, bytes }: ABlob, annotations: Record<string, string> = {}): object {
  return { mediaType: manifestMediaTypes.image[0], digest, size: bytes.byteLength, annotations };
}

export function indexFile(entries: readonly object[]): AFile {
  return aFile("index.json", JSON.stringify({ schemaVersion: 2, manifests: entries }));
}

/** A tar of these files. */
export function tarOf(files: readonly AFile[]): Promise<Uint8Array<ArrayBuffer>> {
  return packTar(
    files.map(({ header, bytes }) => ({
      header: { size: bytes.byteLength, mtime: new Date(0), ...header },
      body: bytes,
    })),
  );
}

/** A layout of one artifact with these layers, in a repository under a tag. */
export function aLayout(
  repository: string,
  tag: string,
  layers: readonly ABlob[],
): { manifest: ABlob; files: AFile[] } {
  const manifest = aManifest(layers);
  const entry = anEntry(manifest, { [layoutKeys.repository]: repository, [layoutKeys.tag]: tag });
  return { manifest, files: [marker, indexFile([entry]), ...[manifest, ...layers, emptyConfig].map(blobFile)] };
}

export function postLayout(archive: Uint8Array<ArrayBuffer>, query = ""): Promise<Response> {
  return ask("POST", `/v1/import${query}`, { body: archive, type: "application/x-tar" });
}

/** An import that is taken. */
export async function imported(archive: Uint8Array<ArrayBuffer>, query = ""): Promise<ImportAnswer> {
  const response = await postLayout(archive, query);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return importAnswer.parse(JSON.parse(text));
}
