import { expect, it } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { externalEntity, failureEntity, inputEntity, outputEntity } from "../../../src/domain/entity/make-entity.ts";
import { anId, ids } from "./an-entity.ts";

const [, second = "", runId = ""] = ids;
const birth = { ecsId: second, createdAt: "2026-01-01T00:00:00.000Z", createdBy: "test" };
const artifact = { kind: "template" as const, name: "resize", version: "1.2.3", digest: `sha256:${"0".repeat(64)}` };
const digest = `sha256:${"1".repeat(64)}`;

it("an input entity starts a lineage and knows where each input came from; defaults came from nowhere", () => {
  const made = inputEntity({
    ...birth,
    artifact,
    data: { image: digest, size: { width: 3, height: 4 }, quality: "high", sizes: [{ a: 1, b: 2 }] },
    attributeSource: { image: `@${anId}.image`, size: { width: `@${anId}.w` }, sizes: [{ a: null }] },
    borrowed: [{ path: "/image", sourceEcsId: anId, sourcePath: "/image" }],
    files: [digest],
  });
  expect(made).toEqual({
    ecsId: second,
    lineageId: second,
    lineageVersion: 1,
    previousEcsId: null,
    rootEcsId: second,
    createdAt: birth.createdAt,
    createdBy: "test",
    forkedAt: null,
    type: { role: "input", ...artifact },
    data: { image: digest, size: { width: 3, height: 4 }, quality: "high", sizes: [{ a: 1, b: 2 }] },
    untypedData: {},
    attributeSource: {
      image: `@${anId}.image`,
      size: { width: `@${anId}.w`, height: null },
      quality: null,
      sizes: [{ a: null, b: null }],
    },
    borrowed: [{ path: "/image", sourceEcsId: anId, sourcePath: "/image" }],
    derivedFromFunction: null,
    derivedFromRun: null,
    outputIndex: null,
    files: [digest],
  });
});

it("an output entity came from its run's input entity, each element and key of it", () => {
  const made = outputEntity({
    ...birth,
    artifact,
    runId,
    outputIndex: 2,
    inputEcsId: anId,
    data: { images: [digest, digest], facts: { a: 1, b: null }, text: "x" },
    files: [digest],
    untypedData: { seed: 7 },
  });
  const from = `@${anId}`;
  expect(made).toMatchObject({
    type: { role: "output", ...artifact },
    attributeSource: { images: [from, from], facts: { a: from, b: from }, text: from },
    borrowed: [{ path: "", sourceEcsId: anId, sourcePath: "" }],
    derivedFromFunction: "template/resize@1.2.3",
    derivedFromRun: runId,
    outputIndex: 2,
    untypedData: { seed: 7 },
    files: [digest],
  });
});

it("an output of a million elements tells their source once", () => {
  const data = { list: Array.from({ length: 1_000_000 }, () => 0), few: [1] };
  const made = outputEntity({ ...birth, artifact, runId, outputIndex: 0, inputEcsId: anId, data, files: [] });
  expect(made.attributeSource).toEqual({ list: `@${anId}`, few: [`@${anId}`] });
});

it("an output of many lists tells each of them once, so that the sources fit into a row", () => {
  const list = Array.from({ length: limits.sourceLeaves }, () => 0);
  const data = Object.fromEntries(Array.from({ length: limits.fields }, (_, n) => [`list_${n}`, list]));
  const made = outputEntity({ ...birth, artifact, runId, outputIndex: 0, inputEcsId: anId, data, files: [] });
  expect(new Set(Object.values(made.attributeSource))).toEqual(new Set([`@${anId}`]));
  expect(Object.keys(made.attributeSource)).toHaveLength(limits.fields);
});

it("a failure is recorded as an output would be, without an index", () => {
  const failure = {
    class: "resource" as const,
    code: "out_of_vram" as const,
    message: "CUDA out of memory",
    detail: null,
    attempt: 2,
    runner: "gpu-1",
    at: birth.createdAt,
  };
  expect(failureEntity({ ...birth, artifact, runId, inputEcsId: anId, failure })).toMatchObject({
    type: { role: "failure", ...artifact },
    data: {
      class: "resource",
      code: "out_of_vram",
      message: "CUDA out of memory",
      detail: null,
      attempt: 2,
      runner: "gpu-1",
    },
    attributeSource: { class: `@${anId}`, runner: `@${anId}` },
    borrowed: [{ path: "", sourceEcsId: anId, sourcePath: "" }],
    derivedFromRun: runId,
    outputIndex: null,
  });
});

it("external data have a label, and no artifact", () => {
  const made = externalEntity({ ...birth, label: null, data: { a: 1 }, attributeSource: {}, borrowed: [], files: [] });
  expect(made.type).toEqual({ role: "external", label: null });
  expect(made.attributeSource).toEqual({ a: null });
});
