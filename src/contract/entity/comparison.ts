import { z } from "zod";
import { entityId } from "./entity.ts";

/** One difference between two entities' data. `path` is a JSON Pointer. */
export const entityDifference = z.object({
  op: z.enum(["added", "removed", "changed"]),
  path: z.string(),
  /** Null when added. */
  from: z.unknown(),
  /** Null when removed. */
  to: z.unknown(),
});

export const entityComparison = z
  .object({
    from: entityId,
    to: entityId,
    same_lineage: z.boolean(),
    equal: z.boolean(),
    differences: z.array(entityDifference),
    truncated: z.boolean(),
  })
  .meta({ id: "EntityComparison", description: "How the data of two entities differ." });
export type EntityComparison = z.infer<typeof entityComparison>;
