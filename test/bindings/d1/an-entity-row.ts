import { v7 } from "uuid";
import type { EntityRow } from "../../../src/bindings/d1/entity/entity-statements.ts";

/** A row as it may be recorded; a test states only what matters to it. */
export function anEntityRow(parts: Partial<EntityRow> = {}): EntityRow {
  const ecsId = parts.ecs_id ?? v7();
  return {
    ecs_id: ecsId,
    lineage_id: ecsId,
    lineage_version: 1,
    previous_ecs_id: null,
    root_ecs_id: ecsId,
    created_at: "2026-01-02T03:04:05.678Z",
    created_by: "test",
    forked_at: null,
    type: { role: "external", label: null },
    data: "{}",
    data_digest: null,
    data_bytes: 2,
    untyped_data: {},
    attribute_source: {},
    derived_from_function: null,
    derived_from_run: null,
    output_index: null,
    borrowed: [],
    files: [],
    ...parts,
  };
}
