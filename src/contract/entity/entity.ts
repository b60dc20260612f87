import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { artifactKind } from "../artifact/kind.ts";
import { version } from "../artifact/version.ts";
import { runId } from "../run/run-id.ts";

/** A version of an entity. */
export const entityId = z.uuid().lowercase();

/** What an entity is of: the input, an output or the failure of a run of an artifact; or data that came from outside. */
export const entityType = z
  .discriminatedUnion("role", [
    z.object({
      role: z.enum(["input", "output", "failure"]),
      kind: artifactKind,
      name: z.string(),
      version,
      digest,
    }),
    z.object({
      role: z.literal("external"),
      /** A name that its author chose; null when none was. */
      label: z.string().nullable(),
    }),
  ])
  .meta({ id: "EntityType", description: "What an entity is of." });
export type EntityType = z.infer<typeof entityType>;

/**
 * Where a value came from, in the shape of the value: for a scalar the address of an entity's value (`@uuid.field[0]`), or null when
 * the caller gave it or it was computed; for a list one for each element; for a map one for each key. A list or map that was taken whole has
 * one address. What a workflow's expression computes is a copy of nothing: the edges of lineage from all that it was computed from end at its
 * pointer and `/-`, `/-/1`, `/-/2`, which is a member that there is not (RFC 6901).
 */
export type AttributeSource = string | null | AttributeSource[] | { [key: string]: AttributeSource };
export const attributeSource: z.ZodType<AttributeSource> = z.lazy(() =>
  z.union([z.string(), z.null(), z.array(attributeSource), z.record(z.string(), attributeSource)]),
);

/** An immutable, versioned value. */
export const entity = z
  .object({
    ecs_id: entityId,
    /** Shared by all versions of one thing. */
    lineage_id: entityId,
    /** Counts from 1 in the lineage. */
    lineage_version: z.int().positive(),
    previous_ecs_id: entityId.nullable(),
    root_ecs_id: entityId,
    created_at: z.string(),
    created_by: z.string(),
    /** When this lineage was split off from another's version; null for one that was not. */
    forked_at: z.string().nullable(),
    type: entityType,
    /** Null when it is too large to be told here: `data_digest` names its JSON under /v1/files. */
    data: z.record(z.string(), z.unknown()).nullable(),
    data_digest: digest.nullable(),
    data_bytes: z.int(),
    /** Facts beside the type, that no interface declares. */
    untyped_data: z.record(z.string(), z.unknown()),
    /** By field of `data`. */
    attribute_source: z.record(z.string(), attributeSource),
    /** `template/image_resize@1.0.0`, for what a run made. */
    derived_from_function: z.string().nullable(),
    derived_from_run: runId.nullable(),
    /** Which of its siblings it is; null for what is no output. */
    output_index: z.int().nullable(),
    siblings: z.array(entityId),
  })
  .meta({ id: "Entity", description: "An immutable, versioned value that knows where each of its parts came from." });
export type Entity = z.infer<typeof entity>;

/** An entity without its values, in lists and graphs. */
export const entitySummary = z
  .object({
    ecs_id: entityId,
    lineage_id: entityId,
    lineage_version: z.int(),
    created_at: z.string(),
    type: entityType,
    data_bytes: z.int(),
    derived_from_run: runId.nullable(),
    output_index: z.int().nullable(),
  })
  .meta({ id: "EntitySummary", description: "An entity without its values." });
export type EntitySummary = z.infer<typeof entitySummary>;
