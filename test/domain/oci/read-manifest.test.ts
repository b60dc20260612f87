import fc from "fast-check";
import { expect, it } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { readManifest } from "../../../src/domain/oci/read-manifest.ts";
import {
  aDescriptor,
  aDigest,
  anImage,
  anIndex,
  dockerImageType,
  dockerIndexType,
  imageType,
  indexType,
} from "./a-manifest.ts";

function read(value: unknown, contentType: string | null = null) {
  return readText(JSON.stringify(value), contentType);
}

function readText(text: string, contentType: string | null = null) {
  return readManifest({ bytes: new TextEncoder().encode(text), text }, contentType);
}

function manifestOf(value: unknown, contentType: string | null = null) {
  const result = read(value, contentType);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.manifest;
}

function messageOf(value: unknown, contentType: string | null = null): string {
  const result = read(value, contentType);
  if (result.ok) throw new Error("it was taken");
  expect(result.failure.code).toBe("MANIFEST_INVALID");
  return result.failure.message;
}

it("keeps of an image manifest what must be there, and what referrers are told", () => {
  const subject = aDescriptor("subject", { mediaType: imageType });
  const manifest = manifestOf(anImage({ subject, annotations: { a: "b" }, mine: { any: [1] } }));
  expect(manifest).toMatchObject({
    mediaType: imageType,
    artifactType: "application/vnd.oci.empty.v1+json",
    subject: aDigest("subject"),
    annotations: { a: "b" },
    blobs: [
      { digest: aDigest("{}"), sizeBytes: 2 },
      { digest: aDigest("layer"), sizeBytes: 5 },
    ],
    manifests: [],
  });
});

it("keeps of an index its manifests; what is no manifest is a blob", () => {
  const cache = aDescriptor("cache", { mediaType: "application/vnd.buildkit.cacheconfig.v0" });
  const child = aDescriptor("child", { mediaType: dockerImageType });
  expect(manifestOf(anIndex({ manifests: [child, cache, child] }))).toMatchObject({
    artifactType: null,
    manifests: [aDigest("child")],
    blobs: [{ digest: aDigest("cache"), sizeBytes: 5 }],
  });
  expect(manifestOf(anIndex({ artifactType: "application/x.y", manifests: [] })).artifactType).toBe("application/x.y");
});

it("takes the artifact type that a manifest says before its config's", () => {
  expect(manifestOf(anImage({ artifactType: "application/x.y+json" })).artifactType).toBe("application/x.y+json");
  expect(manifestOf(anImage({ artifactType: "" })).artifactType).toBe("application/vnd.oci.empty.v1+json");
});

it.each([
  ["its sender's word", anImage({ mediaType: undefined }), dockerImageType, dockerImageType],
  ["its sender's word, without parameters", anImage(), `${imageType}; charset=utf-8`, imageType],
  [
    "itself, when the sender says only that it is JSON",
    anImage({ mediaType: dockerImageType }),
    "application/json",
    dockerImageType,
  ],
  ["itself, when the sender says nothing", anIndex({ mediaType: dockerIndexType }), null, dockerIndexType],
  ["its shape, an image manifest", anImage({ mediaType: undefined }), "application/json", imageType],
  ["its shape, an index", anIndex({ mediaType: undefined }), null, indexType],
])("knows what a manifest is by %s", (_, value, contentType, mediaType) => {
  expect(manifestOf(value, contentType).mediaType).toBe(mediaType);
});

it("does not ask for layers that may be had elsewhere or may not be handed on", () => {
  const layers = [
    aDescriptor("there", { urls: ["https://example.org/layer"] }),
    aDescriptor("mine", { mediaType: "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip" }),
    aDescriptor("theirs", { mediaType: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" }),
    aDescriptor("here", { urls: [] }),
  ];
  expect(manifestOf(anImage({ layers })).blobs.map((blob) => blob.digest)).toEqual([aDigest("{}"), aDigest("here")]);
});

it.each([
  ["that disagrees with its Content-Type", anImage(), indexType, "say the same"],
  [
    "of a type that nobody can read",
    anImage({ mediaType: undefined }),
    "application/vnd.oci.artifact.manifest.v1+json",
    "cannot be taken",
  ],
  ["whose own type nobody can read", anImage({ mediaType: "text/plain" }), null, "text/plain cannot be taken"],
  [
    "of schema 1",
    { schemaVersion: 1, name: "a", fsLayers: [] },
    "application/vnd.docker.distribution.manifest.v1+prettyjws",
    "cannot be taken",
  ],
  ["that is an image and an index", { ...anImage(), ...anIndex({ mediaType: imageType }) }, null, "both"],
  ["with schemaVersion 1", anImage({ schemaVersion: 1 }), null, "/schemaVersion"],
  ["without a config", anImage({ config: undefined }), null, "/config"],
  [
    "with a bad digest",
    anImage({ layers: [aDescriptor("a"), aDescriptor("b", { digest: "sha256:abc" })] }),
    null,
    "/layers/1/digest",
  ],
  ["with a negative size", anImage({ config: aDescriptor("a", { size: -1 }) }), null, "/config/size"],
  ["with a number as annotation", anImage({ annotations: { a: 1 } }), null, "annotations may only have text"],
  ["with numbers as urls", anImage({ layers: [aDescriptor("a", { urls: [1] })] }), null, "urls may only have text"],
  ["that is a list", [], null, "no JSON object"],
  ["that is null", null, null, "no JSON object"],
])("refuses a manifest %s, and says where", (_, value, contentType, why) => {
  expect(messageOf(value, contentType)).toContain(why);
});

it("takes as many layers as the limit says, and no more", () => {
  const layers = (count: number) =>
    anImage({ layers: Array.from({ length: count }, (_, at) => aDescriptor(String(at))) });
  expect(manifestOf(layers(limits.manifestReferences)).blobs).toHaveLength(limits.manifestReferences + 1);
  expect(messageOf(layers(limits.manifestReferences + 1))).toContain(String(limits.manifestReferences));
});

it("refuses what is nested too deep, however deep", () => {
  const nested = (levels: number) =>
    JSON.stringify(anImage()).replace("{", `{"deep":${"[".repeat(levels)}${"]".repeat(levels)},`);
  expect(readText(nested(limits.manifestDepth - 1)).ok).toBe(true);
  expect(readText(nested(limits.manifestDepth)).ok).toBe(false);
  expect(readText(nested(1_000_000)).ok).toBe(false);
});

it("refuses a million faults without listing them", () => {
  const faults = "1,".repeat(1_000_000);
  expect(messageOf(anImage({ layers: JSON.parse(`[${faults}1]`) }))).toContain("layers");
  expect(messageOf(anImage({ annotations: JSON.parse(`[${faults}1]`) }))).toContain("annotations");
});

it("reads whatever is thrown at it into a manifest or a reason", () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(aDescriptor("x"), [aDescriptor("y")], "", imageType));
  const keys = [
    "schemaVersion",
    "mediaType",
    "config",
    "layers",
    "manifests",
    "subject",
    "annotations",
    "artifactType",
  ];
  const value = fc.tuple(fc.constantFrom(anImage(), anIndex()), fc.dictionary(fc.constantFrom(...keys), odd));
  const contentType = fc.option(fc.oneof(fc.constantFrom(imageType, indexType, "application/json", ""), fc.string()));
  fc.assert(
    fc.property(value, contentType, ([base, parts], type) => {
      const result = read({ ...base, ...parts }, type);
      if (!result.ok) expect(result.failure.message.length).toBeGreaterThan(10);
      else expect(result.value.image === null).toBe(result.value.manifest.mediaType.match(/index|list/) !== null);
    }),
    { numRuns: 2000 },
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => readText(text).ok === false));
});
