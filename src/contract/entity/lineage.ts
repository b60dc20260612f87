import { z } from "zod";
import { runId } from "../run/run-id.ts";
import { runState } from "../run/run-state.ts";
import { entityId, entitySummary } from "./entity.ts";

/** `from` gave something to `to`: a value that was borrowed, a run between them, or a version before. */
export const lineageEdge = z
  .object({
    from: entityId,
    to: entityId,
    how: z.enum(["borrowed", "run", "version"]),
    /** For `borrowed`: JSON Pointers into the data of `from` and of `to`. */
    from_path: z.string().nullable(),
    to_path: z.string().nullable(),
    /** For `run`: which. */
    run_id: runId.nullable(),
  })
  .meta({ id: "LineageEdge", description: "What one entity gave to another." });
export type LineageEdge = z.infer<typeof lineageEdge>;

/** A run between entities of the graph. */
export const lineageRun = z.object({
  id: runId,
  state: runState,
  kind: z.string(),
  name: z.string(),
  version: z.string(),
  created_at: z.string(),
});

/** Ancestors, descendants or both of an entity, to a depth. */
export const lineage = z
  .object({
    root: entityId,
    direction: z.enum(["ancestors", "descendants", "both"]),
    depth: z.int(),
    entities: z.array(entitySummary),
    edges: z.array(lineageEdge),
    runs: z.array(lineageRun),
    /** True when there is more than a graph may hold, or than the depth reaches. */
    truncated: z.boolean(),
  })
  .meta({ id: "Lineage", description: "The graph around an entity." });
export type Lineage = z.infer<typeof lineage>;
