import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { artifactKind } from "../../contract/artifact/kind.ts";
import type { EntityType } from "../../contract/entity/entity.ts";
import type { Lineage } from "../../contract/entity/lineage.ts";
import { areOfAllNames, matchesName } from "../access/matches-name.ts";
import { repositoryOf } from "../oci/repository-kind.ts";

/** That part of a lineage which is of artifacts that fit the name patterns, or of none; with what those gave to each other. */
export function fittingLineage(lineage: Lineage, names: readonly string[]): Lineage {
  if (areOfAllNames(names)) return lineage;
  const entities = lineage.entities.filter(({ type }) => isOfFitting(type, names));
  const shown = new Set(entities.map(({ ecs_id }) => ecs_id));
  return {
    ...lineage,
    entities,
    edges: lineage.edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    runs: lineage.runs.filter(({ kind, name }) => isKind(kind) && matchesName(names, repositoryOf(kind, name))),
  };
}

/** Whether something is of an artifact whose name fits the patterns, or of none. */
export function isOfFitting(type: EntityType, names: readonly string[]): boolean {
  return type.role === "external" || matchesName(names, repositoryOf(type.kind, type.name));
}

function isKind(text: string): text is ArtifactKind {
  return artifactKind.safeParse(text).success;
}
