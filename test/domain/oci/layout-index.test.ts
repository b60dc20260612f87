import fc from "fast-check";
import { expect, it } from "vitest";
import type { LayoutEntry } from "../../../src/domain/oci/layout-entry.ts";
import { planImport } from "../../../src/domain/oci/plan-import.ts";
import { readLayoutIndex } from "../../../src/domain/oci/read-layout-index.ts";
import { type ExportedEntry, writeLayoutIndex } from "../../../src/domain/oci/write-layout-index.ts";

const unnamed: ExportedEntry = {
  repository: "a/b",
  digest: `sha256:${"0".repeat(64)}`,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  sizeBytes: 2,
  artifactType: null,
  tag: null,
  version: null,
  published: null,
  state: null,
};

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const version = fc.stringMatching(/^[0-9]\.[0-9]\.[0-9]$/);
const tag = fc.stringMatching(/^[a-z][a-zA-Z0-9._-]{0,10}$/);
const entry = fc
  .record({
    repository: fc.constantFrom("zoo", "team/zoo", "workflows/one", "templates/two"),
    digest,
    name: fc.oneof(
      fc.record({ tag, version: fc.option(version) }),
      fc.record({ version, published: fc.nat(1000), isYanked: fc.boolean() }),
      fc.constant({}),
    ),
  })
  .map(({ name, ...rest }): ExportedEntry => {
    const all = { ...unnamed, ...rest };
    if ("tag" in name) return { ...all, tag: name.tag, version: name.version };
    if (!("published" in name)) return all;
    const set = name.published + 1000;
    const state = { state: "yanked", set, message: "why", successor: null, sunset: null } as const;
    return { ...all, version: name.version, published: name.published, state: name.isYanked ? state : null };
  });

function read(bytes: Uint8Array): LayoutEntry[] {
  const entries = readLayoutIndex(new TextDecoder().decode(bytes));
  if (!entries.ok) throw new Error(entries.failure);
  return entries.value;
}

it("reads what it writes; and writes the same of what it read, in whatever order", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const written = writeLayoutIndex(entries);
      const again = read(written).map((one) => ({ ...one, repository: one.repository ?? "" }));
      expect(new TextDecoder().decode(writeLayoutIndex(again))).toBe(new TextDecoder().decode(written));
      const withoutPlaces = (all: readonly LayoutEntry[]) =>
        all.map((one) => JSON.stringify({ ...one, published: null, state: one.state?.state ?? null })).sort();
      expect(withoutPlaces(again)).toEqual(withoutPlaces(entries));
    }),
  );
});

it("tells in which order things happened, and not when", () => {
  const at = (published: number, state: LayoutEntry["state"] = null) => ({
    ...unnamed,
    repository: "workflows/x",
    version: `1.0.${published % 10}`,
    published,
    state,
  });
  const yanked = { state: "yanked", set: 1008, message: null, successor: null, sunset: null } as const;
  const text = (entries: ExportedEntry[]) => new TextDecoder().decode(writeLayoutIndex(entries));
  const sooner = { ...yanked, set: 8 };
  expect(text([at(1007), at(1003, yanked)])).toBe(text([at(3, sooner), at(7)]));
  expect(text([at(1007), at(1003, yanked)])).not.toBe(text([at(1007), at(1003, { ...yanked, set: 1005 })]));
});

it("plans versions and states as they came after each other, then the rest, each manifest once", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), fc.option(fc.constant("fall/back")), (entries, fallback) => {
      const { steps, homeless } = planImport(entries, fallback);
      expect(homeless).toEqual([]);
      const kinds = steps.map((step) => (step.what === "manifest" ? 1 : 0));
      expect(kinds).toEqual([...kinds].sort());
      const manifests = steps.flatMap((step) => (step.what === "manifest" ? [step.place] : []));
      expect(new Set(manifests.map((place) => place.repository + place.digest)).size).toBe(manifests.length);
      for (const step of steps) if (step.what === "version") expect(step.tags).not.toContain("latest");
    }),
  );
});

it("loses no name: each tag and version of an index is in a step", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { maxLength: 20, selector: (one) => `${one.repository}:${one.tag}:${one.version}` }),
      (entries) => {
        const { steps } = planImport(entries, null);
        const planned = new Set(
          steps.flatMap((step) => [
            ...(step.what === "version" ? [`${step.place.repository}:${step.version}`] : []),
            ...("tags" in step ? step.tags.map((one) => `${step.place.repository}:${one}`) : []),
          ]),
        );
        for (const { repository, tag: named, version: numbered } of entries) {
          const name = named ?? numbered;
          if (name !== null && name !== "latest") expect(planned).toContain(`${repository}:${name}`);
        }
      },
    ),
  );
});

it("answers every text with entries or with the reason why not", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const entries = readLayoutIndex(text);
      if (!entries.ok) expect(entries.failure).toMatch(/^index\.json/);
    }),
  );
});
