import { latestTag } from "../../contract/artifact/tag.ts";
import type { LayoutEntry, LayoutState } from "./layout-entry.ts";
import { artifactOf, type TypedRepository } from "./repository-kind.ts";

/** One thing to make of an image layout. */
export type ImportStep =
  | { what: "version"; typed: TypedRepository; place: ManifestPlace; version: string; tags: string[] }
  | { what: "state"; typed: TypedRepository; place: ManifestPlace; version: string; state: LayoutState }
  | { what: "manifest"; place: ManifestPlace; tags: string[] };

/** A manifest of the archive, and the repository that it goes to. */
export interface ManifestPlace {
  repository: string;
  digest: string;
  mediaType: string;
  sizeBytes: number;
}

/**
 * What is to be done, in order: versions and their states as they once came after each other (so that `extends` finds the parents that it
 * found then, and a version is compared with those that it was compared with), then manifests that are no artifacts. `fallback` is the
 * repository of entries that name none; those that then have none are answered apart.
 */
export function planImport(
  entries: readonly LayoutEntry[],
  fallback: string | null,
): { steps: ImportStep[]; homeless: LayoutEntry[] } {
  const placed = entries.flatMap((entry) => {
    const repository = entry.repository ?? fallback;
    return repository === null ? [] : [{ ...entry, repository }];
  });
  const versions = versionSteps(placed);
  const others = placed.filter((entry) => !versions.has(versionKey(entry)));
  const happened = [...versions.values()].flat().sort((a, b) => a.at - b.at);
  return {
    steps: [...happened.map(({ step }) => step), ...manifestSteps(others)],
    homeless: entries.filter((entry) => entry.repository === null && fallback === null),
  };
}

type PlacedEntry = LayoutEntry & { repository: string };
type HappenedStep = { at: number; step: ImportStep };

/** What is to be done for each version of an artifact, tags included, by `versionKey`. */
function versionSteps(placed: readonly PlacedEntry[]): Map<string | null, HappenedStep[]> {
  const tags = new Map<string | null, string[]>();
  for (const entry of placed) {
    // The registry keeps `latest` itself.
    if (entry.tag === null || entry.tag === latestTag) continue;
    const known = tags.get(versionKey(entry)) ?? [];
    known.push(entry.tag);
    tags.set(versionKey(entry), known);
  }
  return new Map(
    placed.flatMap((entry): [string, HappenedStep[]][] => {
      const key = versionKey(entry);
      if (key === null || entry.tag !== null) return [];
      return [[key, stepsOf(entry, tags.get(key) ?? [])]];
    }),
  );
}

/** Null: the entry is of no artifact's version. */
function versionKey({ repository, version }: PlacedEntry): string | null {
  return version === null || artifactOf(repository) === null ? null : `${repository}:${version}`;
}

function stepsOf(entry: PlacedEntry, tags: string[]): HappenedStep[] {
  const typed = artifactOf(entry.repository);
  const { version, state, published } = entry;
  if (typed === null || version === null) return [];
  const place = placeOf(entry);
  const publishing: ImportStep = { what: "version", typed, place, version, tags };
  const steps: HappenedStep[] = [{ at: published ?? Number.MAX_SAFE_INTEGER, step: publishing }];
  if (state === null) return steps;
  return [...steps, { at: state.set, step: { what: "state", typed, place, version, state } }];
}

/** All entries of one manifest are one step. */
function manifestSteps(placed: readonly PlacedEntry[]): ImportStep[] {
  const steps = new Map<string, { what: "manifest"; place: ManifestPlace; tags: string[] }>();
  for (const entry of placed) {
    const key = `${entry.repository}@${entry.digest}`;
    const step = steps.get(key) ?? { what: "manifest", place: placeOf(entry), tags: [] };
    const tag = entry.tag ?? entry.version;
    if (tag !== null) step.tags.push(tag);
    steps.set(key, step);
  }
  return [...steps.values()];
}

function placeOf({ repository, digest, mediaType, sizeBytes }: PlacedEntry): ManifestPlace {
  return { repository, digest, mediaType, sizeBytes };
}
