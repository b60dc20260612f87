import type { VersionState } from "../../../src/contract/artifact/name-index.ts";
import type { Template } from "../../../src/contract/template/document.ts";
import type { Candidate } from "../../../src/domain/registration/candidate.ts";
import type { Author } from "../../../src/domain/registration/name-change.ts";
import type { NameState, StoredVersion } from "../../../src/domain/registration/name-state.ts";
import { aVersion, digestOf } from "../artifact/an-index.ts";
import { aTemplate } from "../template/a-template.ts";

/** Who makes the changes of these tests. */
export const ann: Author = { by: "ann", at: "2026-03-01T00:00:00Z" };

/** The name `sharpen` with versions as its writer knows them, highest first. */
export function aName(versions: [string, VersionState][] = [], tags: Record<string, string> = {}): NameState {
  return {
    kind: "template",
    name: "sharpen",
    revision: versions.length,
    seq: versions.length,
    versions: versions.map(([version, state]) => storedVersion(version, state)),
    tags,
  };
}

/** A document that has passed every rule and waits to be registered. */
export function aCandidate(version: string, template: Template = aTemplate()): Candidate {
  const bytes = new Uint8Array([1]);
  return {
    kind: "template",
    name: "sharpen",
    version,
    digest: digestOf(version),
    source: { bytes, digest: digestOf("0.0.1"), mediaType: "application/yaml", file: null },
    canonical: bytes,
    flattened: { bytes, digest: digestOf("0.0.2") },
    parent: null,
    callable: template,
    analysis: null,
    code: null,
    facts: {
      title: null,
      description: null,
      category: null,
      author: null,
      keywords: [],
      runtime: "runner",
      gpu: false,
      abstract: false,
    },
    skills: [],
    calls: [],
    push: null,
    issues: [],
  };
}

function storedVersion(version: string, state: VersionState): StoredVersion {
  return { ...aVersion(version, state), flattened_digest: digestOf(version), manifest_digest: null };
}
