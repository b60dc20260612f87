import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { NameIndex, VersionEntry } from "../../contract/artifact/name-index.ts";

/** A version as its name's writer knows it. */
export interface StoredVersion extends VersionEntry {
  /** Digest of the flattened canonical document, by which R2 has its bytes. */
  flattened_digest: string;
  /** The manifest that its number and its tags answer with at `/v2/`; null until it has one. */
  manifest_digest: string | null;
}

/** All that a writer must know to judge a change of a name. */
export interface NameState {
  kind: ArtifactKind;
  name: string;
  /** How often the name has changed: the next change is `revision + 1`, and D1 accepts each number once. */
  revision: number;
  /** The name's last announcement. */
  seq: number;
  /** Highest version first. */
  versions: StoredVersion[];
  tags: Record<string, string>;
}

/** The lookup's view of a state. `seq`: the announcement up to which it is known to be true. */
export function indexOf(state: NameState, seq: number, asOf: string): NameIndex {
  return {
    kind: state.kind,
    name: state.name,
    seq,
    as_of: asOf,
    versions: state.versions.map(({ flattened_digest: _, manifest_digest: __, ...entry }) => entry),
    tags: state.tags,
  };
}
