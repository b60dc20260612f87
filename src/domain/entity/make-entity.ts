import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { AttributeSource, EntityType } from "../../contract/entity/entity.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import { formatAddress } from "./address.ts";
import type { BorrowedValue, NewEntity } from "./new-entity.ts";
import { compactSources, completeSources, sourcesOf, sourcesWithin } from "./value-sources.ts";

/** The artifact that an entity is of. */
export interface ArtifactOfEntity {
  kind: ArtifactKind;
  name: string;
  version: string;
  digest: string;
}

/** What every new entity is given: its id (a UUID, version 7), who makes it, and when (RFC 3339). */
interface Birth {
  ecsId: string;
  createdAt: string;
  createdBy: string;
}

interface GivenValues {
  data: Record<string, unknown>;
  /** Of what was given and borrowed; what is missing here (defaults) has no source. */
  attributeSource: Record<string, AttributeSource>;
  borrowed: BorrowedValue[];
  /** Digests of the files among the data. */
  files: string[];
  untypedData?: Record<string, unknown>;
}

/** The inputs of a run, as `resolveReferences` gave them. */
export function inputEntity(birth: Birth & { artifact: ArtifactOfEntity } & GivenValues): NewEntity {
  return {
    ...first(birth, { role: "input", ...artifactOf(birth.artifact) }),
    ...given(birth),
  };
}

/** One output of a run: all of it came from the run's input entity. */
export function outputEntity(
  birth: Birth & {
    artifact: ArtifactOfEntity;
    runId: string;
    /** Counts from 0 among the outputs of the run. */
    outputIndex: number;
    inputEcsId: string;
    data: Record<string, unknown>;
    files: string[];
    untypedData?: Record<string, unknown>;
  },
): NewEntity {
  return {
    ...first(birth, { role: "output", ...artifactOf(birth.artifact) }),
    data: birth.data,
    files: birth.files,
    untypedData: birth.untypedData ?? {},
    ...madeByRun(birth, birth.data),
    outputIndex: birth.outputIndex,
  };
}

/** How a run failed: recorded as its outputs would be. */
export function failureEntity(
  birth: Birth & { artifact: ArtifactOfEntity; runId: string; inputEcsId: string; failure: RunFailure },
): NewEntity {
  const { class: failureClass, code, message, detail, attempt, runner } = birth.failure;
  const data = { class: failureClass, code, message, detail, attempt, runner };
  return {
    ...first(birth, { role: "failure", ...artifactOf(birth.artifact) }),
    data,
    ...madeByRun(birth, data),
  };
}

/** Data from outside. */
export function externalEntity(birth: Birth & { label: string | null } & GivenValues): NewEntity {
  return { ...first(birth, { role: "external", label: birth.label }), ...given(birth) };
}

/** The first version of a lineage of its own, which goes by the id of that version. */
function first({ ecsId, createdAt, createdBy }: Birth, type: EntityType): NewEntity {
  return {
    ecsId,
    lineageId: ecsId,
    lineageVersion: 1,
    previousEcsId: null,
    rootEcsId: ecsId,
    createdAt,
    createdBy,
    forkedAt: null,
    type,
    data: {},
    untypedData: {},
    attributeSource: {},
    borrowed: [],
    derivedFromFunction: null,
    derivedFromRun: null,
    outputIndex: null,
    files: [],
  };
}

function artifactOf({ kind, name, version, digest }: ArtifactOfEntity): ArtifactOfEntity {
  return { kind, name, version, digest };
}

function given({ data, attributeSource, borrowed, files, untypedData }: GivenValues) {
  const sources = completeSources(data, attributeSource);
  return { data, attributeSource: sources, borrowed, files, untypedData: untypedData ?? {} };
}

/** Where what a run made came from: each part from the input entity, and one edge for the whole. */
function madeByRun(
  { artifact, runId, inputEcsId }: { artifact: ArtifactOfEntity; runId: string; inputEcsId: string },
  data: Record<string, unknown>,
) {
  const address = formatAddress({ ecsId: inputEcsId, steps: [] });
  const attributeSource = sourcesWithin((mostLeaves) =>
    Object.fromEntries(
      Object.keys(data).map((key) => [
        key,
        compactSources(
          sourcesOf(data[key], () => address),
          address,
          mostLeaves,
        ),
      ]),
    ),
  );
  return {
    // Fields of an interface are few enough for one address each.
    attributeSource: attributeSource ?? {},
    borrowed: [{ path: "", sourceEcsId: inputEcsId, sourcePath: "" }],
    derivedFromFunction: `${artifact.kind}/${artifact.name}@${artifact.version}`,
    derivedFromRun: runId,
  };
}
