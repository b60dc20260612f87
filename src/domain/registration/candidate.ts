import type { Callable } from "../../contract/artifact/callable.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { ParentPin, SourceMediaType } from "../../contract/artifact/published.ts";
import type { Issue } from "../../contract/issue.ts";
import type { LockedSkill } from "../../contract/workflow/locked-skill.ts";
import { artifactManifestOf } from "../oci/artifact-manifest.ts";
import type { Manifest } from "../oci/manifest-facts.ts";

/** What the catalogue tells about a version. */
export interface CatalogueFacts {
  title: string | null;
  description: string | null;
  category: string | null;
  author: string | null;
  keywords: string[];
  runtime: string;
  gpu: boolean;
  abstract: boolean;
}

/** How an OCI client pushed it: the manifest that its version is to answer with, and the tags to set, `latest` maybe among them. */
export interface Push {
  manifest: Manifest;
  tags: string[];
}

/** A document that has passed every rule of its kind and waits to be registered. Plain values: it travels to the Registrar. */
export interface Candidate {
  kind: ArtifactKind;
  name: string;
  version: string;
  /** Of the canonical document as authored. */
  digest: string;
  source: { bytes: Uint8Array; digest: string; mediaType: SourceMediaType; file: string | null };
  /** RFC 8785 bytes of the document as authored; `digest` names them. */
  canonical: Uint8Array;
  /** JSON of the flattened document, keys in the author's order: lookups serve these bytes. `digest` is of the bytes. */
  flattened: { bytes: Uint8Array; digest: string };
  parent: ParentPin | null;
  /** What has an interface that can be called and compared; null for what has none. */
  callable: Callable | null;
  facts: CatalogueFacts;
  /** What analysis of the source told, as JSON; null where there is none. */
  analysis: { bytes: Uint8Array; digest: string } | null;
  /** What runs, beside the document that names it; null where nothing does. */
  code: { bytes: Uint8Array; digest: string; mediaType: string } | null;
  /** Ids of the skills that an agent card offers. */
  skills: string[];
  /** What a workflow calls, and who answered to that when it was checked; nothing of other kinds. */
  calls: LockedSkill[];
  /** Null when it came by another way. */
  push: Push | null;
  /** Warnings of the check. */
  issues: Issue[];
}

/** A candidate whose number the registry chooses: its document has no `version` yet. */
export interface UnversionedCandidate extends Omit<Candidate, "version"> {
  version: null;
}

/** The manifest of a candidate: the one that was pushed, else the registry's own. */
export function manifestOf(candidate: Candidate): Manifest {
  const { kind, name, version, facts, source, push } = candidate;
  if (push !== null) return push.manifest;
  const { digest, mediaType, file, bytes } = source;
  return artifactManifestOf({
    kind,
    name,
    version,
    title: facts.title,
    description: facts.description,
    source: { digest, mediaType, file, sizeBytes: bytes.byteLength },
  });
}
