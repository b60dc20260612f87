import type { Entity } from "../../contract/entity/entity.ts";
import type { ResolvedValues } from "./borrow-values.ts";
import { carryBorrowed } from "./carry-borrowed.ts";
import { carrySources } from "./carry-sources.ts";
import type { BorrowedValue, NewEntity } from "./new-entity.ts";
import { sourcesWithin } from "./value-sources.ts";

/** The version that is changed. */
export interface Changed
  extends Pick<Entity, "ecs_id" | "lineage_id" | "lineage_version" | "type" | "attribute_source" | "untyped_data"> {
  data: Record<string, unknown>;
  borrowed: readonly BorrowedValue[];
}

/**
 * The next version of an entity, or with `isFork` the first of a lineage that starts from it. What is unchanged keeps its source; what is
 * changed has none, or the one that it was borrowed from. It comes from outside, whatever a run made of the version before. Null when the
 * sources of so many values are larger than `limits.sourceBytes`.
 */
export function changeEntity(
  before: Changed,
  change: {
    ecsId: string;
    createdAt: string;
    createdBy: string;
    isFork: boolean;
    resolved: ResolvedValues;
    untypedData: Record<string, unknown> | null;
    files: string[];
  },
): NewEntity | null {
  const { ecsId, createdAt, createdBy, isFork, resolved } = change;
  const attributeSource = sourcesWithin((mostLeaves) => carrySources(before, resolved, mostLeaves));
  if (attributeSource === null) return null;
  return {
    ecsId,
    lineageId: isFork ? ecsId : before.lineage_id,
    lineageVersion: isFork ? 1 : before.lineage_version + 1,
    previousEcsId: before.ecs_id,
    rootEcsId: ecsId,
    createdAt,
    createdBy,
    forkedAt: isFork ? createdAt : null,
    type: { role: "external", label: before.type.role === "external" ? before.type.label : null },
    data: resolved.values,
    untypedData: change.untypedData ?? before.untyped_data,
    attributeSource,
    borrowed: [...resolved.borrowed, ...carryBorrowed(before, resolved)],
    derivedFromFunction: null,
    derivedFromRun: null,
    outputIndex: null,
    files: change.files,
  };
}
