import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { collectionOf } from "../../contract/artifact/kind.ts";
import type { SourceMediaType } from "../../contract/artifact/published.ts";
import { annotationKeys, emptyBlob, manifestMediaTypes } from "../../contract/oci/manifest.ts";
import { digestOfBytes } from "../document/canonical-digest.ts";
import type { Manifest } from "./manifest-facts.ts";

/** What a version's manifest is made of. */
export interface PackagedVersion {
  kind: ArtifactKind;
  name: string;
  version: string;
  title: string | null;
  description: string | null;
  source: { digest: string; sizeBytes: number; mediaType: SourceMediaType; file: string | null };
}

/** As reproducible builds have it: the same content must have the same manifest whenever and wherever it is published. */
const created = "1970-01-01T00:00:00Z";

/** The registry's own manifest of a version: one layer, the source as its author sent it. Made of nothing that differs between registries. */
export function artifactManifestOf(version: PackagedVersion): Manifest {
  const { kind, name, source } = version;
  const [mediaType] = manifestMediaTypes.image;
  const artifactType = artifactTypeOf(kind);
  const annotations = {
    [annotationKeys.created]: created,
    [annotationKeys.title]: version.title ?? name,
    [annotationKeys.version]: version.version,
    ...(version.description === null ? {} : { [annotationKeys.description]: version.description }),
    [annotationKeys.source]: `/v1/${collectionOf[kind]}/${name}@${version.version}`,
  };
  const layer = {
    mediaType: source.mediaType,
    digest: source.digest,
    size: source.sizeBytes,
    annotations: { [annotationKeys.title]: fileNameOf(version) },
  };
  const bytes = utf8ToBytes(
    JSON.stringify({ schemaVersion: 2, mediaType, artifactType, config: emptyBlob, layers: [layer], annotations }),
  );
  return {
    bytes,
    digest: digestOfBytes(bytes),
    mediaType,
    sizeBytes: bytes.byteLength,
    artifactType,
    subject: null,
    annotations,
    blobs: [
      { digest: emptyBlob.digest, sizeBytes: emptyBlob.size },
      { digest: source.digest, sizeBytes: source.sizeBytes },
    ],
    manifests: [],
  };
}

/** What manifests of a kind say they are. */
export function artifactTypeOf(kind: ArtifactKind): string {
  return `application/vnd.callsheet.${kind}.v1`;
}

const endings = {
  "application/yaml": "yaml",
  "application/json": "json",
  "text/x-python": "py",
  "application/typescript": "ts",
  "text/javascript": "js",
} as const satisfies Record<SourceMediaType, string>;

/** The source's file as its author named it, without folders: clients write it where they are told to. */
function fileNameOf({ name, source }: PackagedVersion): string {
  const own = source.file?.split(/[\\/]/).at(-1) ?? "";
  return /^[^\p{C}.][^\p{C}]*$/u.test(own) ? own : `${name}.${endings[source.mediaType]}`;
}
