import fc from "fast-check";
import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { layoutKeys } from "../../src/contract/oci/layout.ts";
import { manifestMediaTypes } from "../../src/contract/oci/manifest.ts";
import { bytesOf } from "./a-file.ts";
import {
  type AFile,
  aFile,
  aLayout,
  anEntry,
  blobFile,
  imported,
  indexFile,
  marker,
  postLayout,
  tarOf,
} from "./a-layout.ts";
import { ask, refusalOf } from "./a-registry.ts";
import { type ABlob, aBlob, aManifest, aRepository, emptyConfig, expectWhole, pull } from "./a-repository.ts";
import { digestOf } from "./an-image.ts";

/** The refusal of an archive as a whole. */
async function refused(files: readonly AFile[] | Uint8Array<ArrayBuffer>): Promise<string> {
  const archive = files instanceof Uint8Array ? files : await tarOf(files);
  const told = await refusalOf(await postLayout(archive), 422);
  expect(told.code).toBe("INVALID_DOCUMENT");
  return told.detail;
}

it("takes files in any order, other tools' files beside, and a folder before every name", async () => {
  const repository = aRepository("layout-order");
  const layers = [aBlob("one"), aBlob("two")];
  const { manifest, files } = aLayout(repository, "v1", layers);
  const folders = ["./", "./blobs/", "./blobs/sha256/"].map((name) => aFile(name, "", { type: "directory" }));
  const renamed = files.map((file) => ({ ...file, header: { ...file.header, name: `./${file.header.name}` } }));
  const others = [aFile("manifest.json", "[]"), aFile("README.md", "read me"), aFile("empty", "")];
  const { counts } = await imported(await tarOf([...folders, ...others, ...renamed.toReversed()]));
  expect(counts).toEqual({ created: 1, unchanged: 0, rejected: 0 });
  await expectWhole(repository, "v1", manifest, layers);
});

it("takes names in every way that tars write long ones, and blobs named by sha512", async () => {
  const repository = aRepository("layout-long");
  const long: ABlob = { bytes: bytesOf("long"), digest: await digestOf("long", "sha512") };
  const { manifest, files } = aLayout(repository, "v1", [long]);
  const [first, ...rest] = files;
  if (first === undefined) throw new Error("an empty layout");
  const name = `blobs/${long.digest.replace(":", "/")}`;
  const gnu = aFile("././@LongLink", `${name}\0`, { type: "gnu-long-name" });
  const cut = aFile(name.slice(0, 100), long.bytes);
  const withGnu = [first, ...rest.filter((file) => file.header.name !== name), gnu, cut];
  for (const archive of [files, withGnu]) {
    const { counts } = await imported(await tarOf(archive));
    expect(counts.rejected).toBe(0);
    await expectWhole(repository, "v1", manifest, [long]);
  }
  const exported = await ask("GET", `/v1/export?repository=${repository}`);
  const bytes = new Uint8Array(await exported.arrayBuffer());
  expect(exported.headers.get("content-length")).toBe(String(bytes.byteLength));
  expect(await imported(bytes)).toMatchObject({ counts: { unchanged: 1, rejected: 0 }, blobs: 3 });
});

it("takes an empty layout, and blobs that nothing names", async () => {
  const answer = await imported(await tarOf([marker, indexFile([]), blobFile(aBlob("alone"))]));
  expect(answer).toEqual({ results: [], counts: { created: 0, unchanged: 0, rejected: 0 }, blobs: 1 });
});

const someBlob = aBlob("some");
const bad: [string, string, readonly AFile[]][] = [
  ["without oci-layout", "no oci-layout", [indexFile([])]],
  ["without index.json", "no index.json", [marker]],
  ["with two index.json", "twice", [marker, indexFile([]), indexFile([])]],
  [
    "of another layout version",
    "imageLayoutVersion",
    [aFile("oci-layout", '{"imageLayoutVersion":"2.0.0"}'), indexFile([])],
  ],
  ["whose oci-layout is no JSON", "imageLayoutVersion", [aFile("oci-layout", "{"), indexFile([])]],
  ["whose oci-layout is a novel", "bytes", [aFile("oci-layout", "x".repeat(5000)), indexFile([])]],
  ["whose index.json is no JSON", "no JSON", [marker, aFile("index.json", "{")]],
  ["whose index.json is no UTF-8", "not UTF-8", [marker, aFile("index.json", new Uint8Array([0xff, 0xfe]))]],
  ["whose index.json is no index", "no image index", [marker, aFile("index.json", '{"schemaVersion":1}')]],
  [
    "with a bad digest in index.json",
    "no image index",
    [marker, indexFile([{ mediaType: "a", digest: "sha256:ab", size: 1 }])],
  ],
  [
    "with a repository that can be none",
    "repository",
    [marker, indexFile([anEntry(someBlob, { [layoutKeys.repository]: "../a" })])],
  ],
  ["with a version that is none", "version", [marker, indexFile([anEntry(someBlob, { [layoutKeys.version]: "1.0" })])]],
  ["with a state that is none", "state", [marker, indexFile([anEntry(someBlob, { [layoutKeys.state]: "deleted" })])]],
  ["with a path out of it", "leads out", [marker, aFile("../../etc/passwd", "x")]],
  ["with a path out of its blobs", "leads out", [marker, aFile("blobs/sha256/../../x", "x")]],
  ["with an absolute path", "leads out", [marker, aFile("/etc/passwd", "x")]],
  ["with a path of Windows", "leads out", [marker, aFile("blobs\\sha256\\x", "x")]],
  [
    "with a symbolic link",
    "no plain file",
    [marker, aFile("index.json", "", { type: "symlink", linkname: "/etc/passwd" })],
  ],
  [
    "with a hard link",
    "no plain file",
    [marker, aFile("blobs/sha256/x", "", { type: "link", linkname: "oci-layout" })],
  ],
  ["with a device", "no plain file", [marker, aFile("null", "", { type: "character-device" })]],
  [
    "with a sparse file",
    "no plain file",
    [marker, aFile("s", "x", { pax: { "GNU.sparse.major": "1", "GNU.sparse.name": "index.json" } })],
  ],
  ["with a blob of another algorithm", "names no blob", [marker, aFile(`blobs/md5/${"0".repeat(32)}`, "x")]],
  ["with a blob of half a digest", "names no blob", [marker, aFile("blobs/sha256/abcdef", "x")]],
  ["with a digest in capitals", "names no blob", [marker, aFile(`blobs/sha256/${"A".repeat(64)}`, "x")]],
];

it.each(bad)("refuses an archive %s, and says why", async (_, why, files) => {
  expect(await refused(files)).toContain(why);
});

it("refuses what is no tar: nothing, text, noise, one that is compressed, and one with a broken head", async () => {
  expect(await refused(new Uint8Array())).toContain("truncated");
  expect(await refused(bytesOf("x".repeat(2000)))).toContain("tar");
  expect(await refused(new Uint8Array(2048).fill(7))).toContain("tar");
  expect(await refused(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0]))).toContain("gunzip");
  const broken = await tarOf([marker, indexFile([])]);
  broken[1] = 0;
  expect(await refused(broken)).toContain("checksum");
});

/** A header alone, as it says how much comes after it. */
async function headOf(file: AFile, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await tarOf([file]);
  const head = whole.slice(0, 512);
  head.set(bytesOf(`${sizeBytes.toString(8).padStart(11, "0")}\0`), 124);
  head.fill(32, 148, 156);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.set(bytesOf(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return head;
}

it("refuses files that say that they are too large before it reads them", async () => {
  expect(await refused(await headOf(aFile("index.json", ""), limits.layoutIndexBytes + 1))).toContain("at most");
  const blob = aFile(`blobs/sha256/${"0".repeat(64)}`, "");
  expect(await refused(await headOf(blob, limits.blobBytes + 1))).toContain("a blob has at most 4 GiB");
  expect(await refused(await headOf(aFile("x", "", { type: "pax-header" }), 9 * 1024 * 1024))).toContain("metadata");
});

it("refuses an archive that is cut anywhere, and nothing of it is visible", async () => {
  const repository = aRepository("layout-cut");
  const whole = await tarOf(aLayout(repository, "v1", [aBlob("a"), aBlob("b".repeat(2000))]).files);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.byteLength - 1024 }), async (at) => {
      await refused(whole.slice(0, at));
    }),
    { numRuns: 40 },
  );
  expect((await ask("GET", `/v2/${repository}/tags/list`)).status).toBe(404);
  expect((await imported(whole)).counts.created).toBe(1);
});

it("answers whatever bytes come by a refusal that is told or by results, and is there afterwards", async () => {
  const whole = await tarOf(aLayout(aRepository("layout-noise"), "v1", [aBlob("noise")]).files);
  const change = fc.tuple(fc.nat(whole.byteLength - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const noisy = whole.slice();
      for (const [at, byte] of changes) noisy[at] = byte;
      const response = await postLayout(noisy);
      expect([200, 400, 422], await response.clone().text()).toContain(response.status);
      await response.json();
    }),
    { numRuns: 60 },
  );
});

it("tells each manifest that cannot be had, and takes the others", async () => {
  const repository = aRepository("layout-parts");
  const place = { [layoutKeys.repository]: repository };
  const [lost, damaged, layer] = [aBlob("lost"), aBlob("damaged"), aBlob("layer")];
  const good = aManifest([layer]);
  const withoutLayer = aManifest([lost]);
  const withDamage = aManifest([damaged]);
  const absent = aManifest([layer], { annotations: { absent: "yes" } });
  const otherSize = aManifest([layer], { annotations: { size: "other" } });
  const noManifest = { bytes: bytesOf("{}"), digest: emptyConfig.digest };
  const nested = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestMediaTypes.index[0],
    manifests: [anEntry(absent)],
  });
  const index = { bytes: bytesOf(nested), digest: await digestOf(nested) };
  const entries = [
    anEntry(withoutLayer, { ...place, [layoutKeys.tag]: "without" }),
    anEntry(withDamage, { ...place, [layoutKeys.tag]: "damage" }),
    anEntry(absent, { ...place, [layoutKeys.tag]: "absent" }),
    { ...anEntry(otherSize, { ...place, [layoutKeys.tag]: "size" }), size: 5 },
    anEntry(noManifest, { ...place, [layoutKeys.tag]: "none" }),
    { ...anEntry(index, { ...place, [layoutKeys.tag]: "index" }), mediaType: manifestMediaTypes.index[0] },
    anEntry(good, { ...place, [layoutKeys.tag]: "good" }),
    anEntry(good),
  ];
  const blobs = [withoutLayer, withDamage, otherSize, index, good, layer, emptyConfig].map(blobFile);
  const damage = { ...blobFile(damaged), bytes: bytesOf("other bytes") };
  const { results, counts } = await imported(await tarOf([marker, indexFile(entries), damage, ...blobs]));
  const told = Object.fromEntries(results.map((one) => [one.tags[0] ?? "homeless", one]));
  expect(counts).toEqual({ created: 1, unchanged: 0, rejected: 7 });
  expect(told.without).toMatchObject({ code: "MANIFEST_BLOB_UNKNOWN", message: expect.stringContaining(lost.digest) });
  expect(told.damage).toMatchObject({ message: expect.stringContaining(damaged.digest) });
  expect(told.absent?.message).toContain("does not have it");
  expect(told.size?.message).toContain("with 5 bytes");
  expect(told.none?.code).toBe("MANIFEST_INVALID");
  expect(told.index).toMatchObject({ code: "MANIFEST_BLOB_UNKNOWN", message: expect.stringContaining(absent.digest) });
  expect(told.homeless?.message).toContain("?repository=");
  await expectWhole(repository, "good", good, [layer]);
  for (const tag of ["without", "damage", "absent", "size", "none", "index"]) {
    expect(await pull(repository, "manifests", tag)).toBe(404);
  }
});

it("names a manifest whose own bytes were damaged", async () => {
  const repository = aRepository("layout-damaged");
  const { manifest, files } = aLayout(repository, "v1", [aBlob("x")]);
  const damaged = files.map((file) =>
    file.header.name.endsWith(manifest.digest.slice(7))
      ? { ...file, bytes: bytesOf(" ".repeat(file.bytes.byteLength)) }
      : file,
  );
  const { results } = await imported(await tarOf(damaged));
  expect(results).toMatchObject([{ status: "rejected", code: "DIGEST_INVALID" }]);
});
