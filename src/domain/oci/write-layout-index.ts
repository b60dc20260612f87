import { utf8ToBytes } from "@noble/hashes/utils.js";
import { layoutKeys } from "../../contract/oci/layout.ts";
import { annotationKeys, type Descriptor, manifestMediaTypes } from "../../contract/oci/manifest.ts";
import { importLane } from "./import-lane.ts";
import type { LayoutEntry } from "./layout-entry.ts";

/** An entry whose repository is known. */
export type ExportedEntry = LayoutEntry & { repository: string };

/**
 * `index.json` of an export. It is made of content alone: instead of when something happened it tells in which order, so that an
 * export of the registry that imported it is the same, byte for byte.
 */
export function writeLayoutIndex(entries: readonly ExportedEntry[]): Uint8Array {
  const placeOf = placesOf(entries);
  const isOneRepository = new Set(entries.map((entry) => entry.repository)).size === 1;
  const manifests = [...entries].sort(byContent).map((entry): Descriptor => {
    const name = entry.tag ?? entry.version;
    const reference = isOneRepository ? name : `${entry.repository}:${name}`;
    return {
      mediaType: entry.mediaType,
      digest: entry.digest,
      size: entry.sizeBytes,
      ...(entry.artifactType === null ? {} : { artifactType: entry.artifactType }),
      annotations: {
        ...(name === null || reference === null ? {} : { [annotationKeys.refName]: reference }),
        ...annotationsOf(entry, placeOf),
      },
    };
  });
  const [mediaType] = manifestMediaTypes.index;
  return utf8ToBytes(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
}

function annotationsOf(
  { repository, tag, version, published, state }: ExportedEntry,
  placeOf: (repository: string, at: number) => string,
): Record<string, string> {
  return {
    [layoutKeys.repository]: repository,
    ...(tag === null ? {} : { [layoutKeys.tag]: tag }),
    ...(version === null ? {} : { [layoutKeys.version]: version }),
    ...(published === null ? {} : { [layoutKeys.published]: placeOf(repository, published) }),
    ...(state === null
      ? {}
      : {
          [layoutKeys.state]: state.state,
          [layoutKeys.stateSet]: placeOf(repository, state.set),
          ...(state.message === null ? {} : { [layoutKeys.stateMessage]: state.message }),
          ...(state.successor === null ? {} : { [layoutKeys.stateSuccessor]: state.successor }),
          ...(state.sunset === null ? {} : { [layoutKeys.stateSunset]: state.sunset }),
        }),
  };
}

/** Numbers all that happened in a lane from 0, in its order. */
function placesOf(entries: readonly ExportedEntry[]): (repository: string, at: number) => string {
  const happened = new Map<string, Set<number>>();
  for (const { repository, published, state } of entries) {
    const lane = happened.get(importLane(repository)) ?? new Set();
    for (const at of [published, state?.set ?? null]) if (at !== null) lane.add(at);
    happened.set(importLane(repository), lane);
  }
  const places = new Map(
    [...happened].map(([lane, all]) => [
      lane,
      new Map([...all].sort((a, b) => a - b).map((at, place) => [at, String(place)])),
    ]),
  );
  return (repository, at) => places.get(importLane(repository))?.get(at) ?? "";
}

/** By repository; there what has a name before what has none, by name; then by digest. */
function byContent(a: ExportedEntry, b: ExportedEntry): number {
  const nameOf = ({ tag, version }: ExportedEntry) => tag ?? version ?? "\u{10ffff}";
  return compare(a.repository, b.repository) || compare(nameOf(a), nameOf(b)) || compare(a.digest, b.digest);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
