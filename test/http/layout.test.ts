import { env } from "cloudflare:test";
import { unpackTar } from "modern-tar";
import { expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { layoutKeys } from "../../src/contract/oci/layout.ts";
import { imageIndex } from "../../src/contract/oci/manifest.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { aFile, aLayout, anEntry, blobFile, imported, indexFile, marker, postLayout, tarOf } from "./a-layout.ts";
import { aTemplateText, aWorkflowText, pushed } from "./a-pushed-artifact.ts";
import { aName, ask, askJson, change, read, refusalOf } from "./a-registry.ts";
import { type ABlob, aBlob, aManifest, aRepository, emptyConfig, pull, push } from "./a-repository.ts";

async function exported(query: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask("GET", `/v1/export${query}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/x-tar");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(response.headers.get("content-length")).toBe(String(bytes.byteLength));
  return bytes;
}

/** The files of an archive by their names. */
async function filesOf(archive: Uint8Array): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const entries = await unpackTar(archive, { strict: true });
  return new Map(entries.map(({ header, data }) => [header.name, data ?? new Uint8Array()]));
}

async function indexOf(archive: Uint8Array) {
  const bytes = (await filesOf(archive)).get("index.json");
  return imageIndex.parse(JSON.parse(new TextDecoder().decode(bytes))).manifests;
}

/** A blob that is streamed, not held in memory. */
function aLargeBlob(): ABlob {
  const bytes = new Uint8Array(3 * 1024 * 1024 + 7);
  for (let at = 0; at < bytes.length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, bytes.length)));
  }
  return { bytes, digest: digestOfBytes(bytes) };
}

it("exports a repository as marker, index and blobs, each under its digest, the same bytes every time", async () => {
  const repository = aRepository("layout-export");
  const layers = [aBlob("one"), aLargeBlob(), aBlob("")];
  const manifest = await push(repository, "v1", layers);
  await push(repository, "v2", layers);
  const archive = await exported(`?repository=${repository}`);
  const files = await filesOf(archive);
  expect([...files.keys()].slice(0, 2)).toEqual(["oci-layout", "index.json"]);
  const blobs = [...files].slice(2);
  expect(blobs.map(([name]) => name)).toEqual(
    [manifest, ...layers, emptyConfig].map(({ digest }) => `blobs/${digest.replace(":", "/")}`).sort(),
  );
  for (const [name, bytes] of blobs) expect(`blobs/${digestOfBytes(bytes).replace(":", "/")}`).toBe(name);
  expect(await indexOf(archive)).toMatchObject(
    ["v1", "v2"].map((tag) => ({
      digest: manifest.digest,
      annotations: { "org.opencontainers.image.ref.name": tag, [layoutKeys.repository]: repository },
    })),
  );
  expect(digestOfBytes(await exported(`?repository=${repository}`))).toBe(digestOfBytes(archive));
});

it("exports an artifact with what an import needs to know: versions in their order, tags, states", async () => {
  const name = aName("layout_states");
  await pushed(`templates/${name}`, "1.0.0", aTemplateText(name));
  await pushed(`templates/${name}`, "stable", aTemplateText(name, "1.0.1"));
  const notice = { message: "old", successor: `${name}@1.0.1`, sunset: "2031-01-02T03:04:05Z" };
  await change("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`, notice);
  const told = (await indexOf(await exported(`?kind=template&name=${name}`))).map((entry) => entry.annotations);
  const repository = { [layoutKeys.repository]: `templates/${name}` };
  const reference = (tag: string) => ({ "org.opencontainers.image.ref.name": tag });
  expect(told).toEqual([
    {
      ...reference("1.0.0"),
      ...repository,
      [layoutKeys.version]: "1.0.0",
      [layoutKeys.published]: "0",
      [layoutKeys.state]: "deprecated",
      [layoutKeys.stateSet]: "2",
      [layoutKeys.stateMessage]: notice.message,
      [layoutKeys.stateSuccessor]: notice.successor,
      [layoutKeys.stateSunset]: notice.sunset,
    },
    { ...reference("1.0.1"), ...repository, [layoutKeys.version]: "1.0.1", [layoutKeys.published]: "1" },
    { ...reference("latest"), ...repository, [layoutKeys.tag]: "latest", [layoutKeys.version]: "1.0.1" },
    { ...reference("stable"), ...repository, [layoutKeys.tag]: "stable", [layoutKeys.version]: "1.0.1" },
  ]);
});

it("imports its own export as what is there already", async () => {
  const name = aName("layout_again");
  await pushed(`templates/${name}`, "old", aTemplateText(name));
  await pushed(`templates/${name}`, "1.0.1", aTemplateText(name, "1.0.1"));
  // A tag of a yanked version could not be set again.
  await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`, { message: "broken" });
  const archive = await exported(`?kind=template&name=${name}`);
  const before = await (await read(`/v1/templates/${name}/versions`)).json();
  const { results, counts } = await imported(archive);
  expect(counts).toEqual({ created: 0, unchanged: 3, rejected: 0 });
  expect(results.map(({ what, version, tags }) => ({ what, version, tags }))).toEqual([
    { what: "version", version: "1.0.0", tags: ["old"] },
    { what: "version", version: "1.0.1", tags: [] },
    { what: "state", version: "1.0.0", tags: [] },
  ]);
  expect(await (await read(`/v1/templates/${name}/versions`)).json()).toEqual(before);
  expect(await exported(`?kind=template&name=${name}`)).toEqual(archive);
});

it("streams large blobs in, refuses them when they are damaged, and keeps nothing of what is cut", async () => {
  const repository = aRepository("layout-large");
  const large = aLargeBlob();
  const { manifest, files } = aLayout(repository, "v1", [large]);
  const whole = await tarOf(files);
  const cut = await refusalOf(await postLayout(whole.slice(0, 2 * 1024 * 1024)), 422);
  expect(cut.detail).toContain("truncated");
  const damaged = whole.slice();
  damaged[2 * 1024 * 1024] = (damaged[2 * 1024 * 1024] ?? 0) ^ 1;
  expect((await imported(damaged)).results).toMatchObject([{ status: "rejected", code: "MANIFEST_BLOB_UNKNOWN" }]);
  expect(await env.BLOBS.head(blobKey(large.digest))).toBeNull();
  expect((await imported(whole)).counts).toEqual({ created: 1, unchanged: 0, rejected: 0 });
  expect(await pull(repository, "manifests", "v1")).toEqual(manifest.bytes);
  const pulled = await pull(repository, "blobs", large.digest);
  expect(pulled instanceof Uint8Array && digestOfBytes(pulled)).toBe(large.digest);
});

it("breaks off an export of which R2 has lost bytes, so that nobody takes it for whole", async () => {
  const repository = aRepository("layout-lost");
  const layer = aBlob("lost");
  await push(repository, "v1", [layer]);
  await env.BLOBS.delete(blobKey(layer.digest));
  const response = await ask("GET", `/v1/export?repository=${repository}`);
  await expect(response.arrayBuffer()).rejects.toThrow();
});

it("believes the document, not the archive, about versions and names", async () => {
  const name = aName("layout_lies");
  const text = new TextEncoder().encode(aWorkflowText(name));
  const layer: ABlob = { bytes: new Uint8Array(text), digest: digestOfBytes(text) };
  const manifest = aManifest([], {
    layers: [{ mediaType: "application/yaml", digest: layer.digest, size: text.byteLength }],
  });
  const entries = [
    anEntry(manifest, { [layoutKeys.repository]: `workflows/${name}`, [layoutKeys.version]: "2.0.0" }),
    anEntry(manifest, { [layoutKeys.repository]: `workflows/other-${name}`, [layoutKeys.version]: "1.0.0" }),
    anEntry(manifest, { [layoutKeys.repository]: `workflows/${name}/more`, [layoutKeys.tag]: "1.0.0" }),
    anEntry(manifest, { [layoutKeys.repository]: `workflows/${name}`, [layoutKeys.tag]: "9.9" }),
  ];
  const files = [marker, indexFile(entries), ...[manifest, layer, emptyConfig].map(blobFile)];
  const { results } = await imported(await tarOf(files));
  expect(results.map(({ status, code }) => ({ status, code }))).toEqual([
    { status: "rejected", code: "MANIFEST_INVALID" },
    { status: "rejected", code: "MANIFEST_INVALID" },
    { status: "rejected", code: "NAME_INVALID" },
    { status: "rejected", code: "MANIFEST_INVALID" },
  ]);
  expect((await read(`/v1/workflows/${name}`)).status).toBe(404);
});

it("puts layouts of other tools where the request says, an artifact too", async () => {
  const repository = aRepository("layout-foreign");
  const layers = [aBlob("a"), aBlob("b")];
  const manifests = layers.map((layer) => aManifest([layer]));
  const names = ["v1", "registry.example/some/image:v2"];
  const entries = manifests.map((manifest, at) =>
    anEntry(manifest, { "org.opencontainers.image.ref.name": names[at] ?? "" }),
  );
  const files = [marker, indexFile(entries), ...[...manifests, ...layers, emptyConfig].map(blobFile)];
  const archive = await tarOf([...files, aFile("manifest.json", "[]")]);
  expect((await imported(archive)).counts).toEqual({ created: 0, unchanged: 0, rejected: 2 });
  for (const counts of [
    { created: 2, unchanged: 0, rejected: 0 },
    { created: 0, unchanged: 2, rejected: 0 },
  ]) {
    expect((await imported(archive, `?repository=${repository}`)).counts).toEqual(counts);
  }
  expect(await pull(repository, "manifests", "v1")).toEqual(manifests[0]?.bytes);
  expect(await pull(repository, "manifests", "v2")).toEqual(manifests[1]?.bytes);
});

it("exports nothing for what is not there, and says so; a part must be said clearly", async () => {
  for (const query of ["?repository=layout/none", "?kind=workflow&name=layout-none"]) {
    expect((await refusalOf(await ask("GET", `/v1/export${query}`), 404)).code).toBe("NAME_NOT_FOUND");
  }
  for (const query of ["?name=a", "?repository=a&kind=agent", "?repository=A", "?kind=image", "?everything=1"]) {
    expect((await refusalOf(await ask("GET", `/v1/export${query}`), 400)).code).toBe("INVALID_REQUEST");
  }
  expect((await refusalOf(await postLayout(await tarOf([marker, indexFile([])]), "?repository=A"), 400)).code).toBe(
    "INVALID_REQUEST",
  );
  expect((await refusalOf(await askJson("POST", "/v1/import", {}), 422)).code).toBe("INVALID_DOCUMENT");
});
