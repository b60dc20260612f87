import { z } from "zod";
import { entityComparison } from "../entity/comparison.ts";
import { entity, entityId, entitySummary } from "../entity/entity.ts";
import { lineage } from "../entity/lineage.ts";
import { limits } from "../limits.ts";
import { cursor, decimal, flag, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const entityParams = z.strictObject({ entity_id: entityId });
const failures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "ENTITY_NOT_FOUND", "UNAVAILABLE"] as const;
const writeFailures = [...failures, "INVALID_INPUTS", "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const;

/** Not a `z.record`, which would leave a key `__proto__` out without a word. */
const entityData = z
  .custom<Record<string, unknown>>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).every((key) => key.length >= 1 && key.length <= 200 && key !== "__proto__"),
    "data is an object whose keys have 1 to 200 characters, and none is __proto__",
  )
  .meta({ override: { type: "object", additionalProperties: {} } });

/** Body of `POST /v1/entities`. A string in `data` that starts with `@` borrows an entity's value; `@@` stands for a plain `@`. */
export const newEntityRequest = z.strictObject({
  data: entityData,
  untyped_data: z.record(z.string(), z.unknown()).optional(),
  /** What it is, in its author's words. */
  label: z.string().min(1).max(100).optional(),
});
export type NewEntityRequest = z.infer<typeof newEntityRequest>;

/** Body of `POST /v1/entities/{entity_id}/versions`: the whole new data. */
export const newEntityVersion = z.strictObject({
  data: entityData,
  untyped_data: z.record(z.string(), z.unknown()).optional(),
  /** Starts a lineage of its own from here. Without it the entity must be the newest of its lineage. */
  fork: z.boolean().optional(),
});
export type NewEntityVersion = z.infer<typeof newEntityVersion>;

export const entityPage = z
  .object({ items: z.array(entitySummary), next_cursor: z.string().nullable() })
  .meta({ id: "EntityPage", description: "A page of entities." });

/** The value at an address. */
export const entityValue = z
  .object({ address: z.string(), entity: entityId, path: z.string(), value: z.unknown() })
  .meta({ id: "EntityValue", description: "The value at an address." });
export type EntityValue = z.infer<typeof entityValue>;

export const createEntity = route({
  operationId: "createEntity",
  method: "POST",
  path: "/v1/entities",
  tag: "Entities",
  summary: "Record data from outside as an entity",
  access: "run",
  body: { as: "json", schema: newEntityRequest, limitBytes: limits.runRequestBytes },
  answers: { 201: { description: "Recorded; Location names it", schema: entity } },
  failures: writeFailures,
});

export const getEntity = route({
  operationId: "getEntity",
  method: "GET",
  path: "/v1/entities/{entity_id}",
  tag: "Entities",
  summary: "An entity",
  description: "Immutable: it may be kept for ever.",
  access: "run",
  params: entityParams,
  answers: { 200: { description: "The entity", schema: entity }, 304: { description: "The caller has it" } },
  failures,
});

export const getEntityValue = route({
  operationId: "getEntityValue",
  method: "GET",
  path: "/v1/entities/{entity_id}/value",
  tag: "Entities",
  summary: "One value of an entity, by the address that references use",
  description:
    '`?at=` takes what follows the id in an address: `.field.sub`, `[0]`, `["key"]`. Without it, the whole data.',
  access: "run",
  params: entityParams,
  query: z.strictObject({ at: z.string().max(limits.addressLength).optional() }),
  answers: { 200: { description: "The value", schema: entityValue } },
  failures,
});

export const getEntityLineage = route({
  operationId: "getEntityLineage",
  method: "GET",
  path: "/v1/entities/{entity_id}/lineage",
  tag: "Entities",
  summary: "What an entity was made of, and what was made of it",
  access: "run",
  params: entityParams,
  query: z.strictObject({
    direction: z.enum(["ancestors", "descendants", "both"]).optional(),
    depth: decimal.pipe(z.int().min(1).max(limits.lineageDepth)).optional(),
  }),
  answers: { 200: { description: "The graph", schema: lineage } },
  failures,
});

export const listEntityVersions = route({
  operationId: "listEntityVersions",
  method: "GET",
  path: "/v1/entities/{entity_id}/versions",
  tag: "Entities",
  summary: "All versions of the entity's lineage, newest first",
  access: "run",
  params: entityParams,
  query: z.strictObject({ limit: pageLimit, cursor }),
  answers: { 200: { description: "A page of versions", schema: entityPage } },
  failures,
});

export const createEntityVersion = route({
  operationId: "createEntityVersion",
  method: "POST",
  path: "/v1/entities/{entity_id}/versions",
  tag: "Entities",
  summary: "Change an entity: make its next version",
  description: "The old version stays as it is. What is unchanged keeps its source.",
  access: "run",
  params: entityParams,
  body: { as: "json", schema: newEntityVersion, limitBytes: limits.runRequestBytes },
  answers: { 201: { description: "Recorded; Location names it", schema: entity } },
  failures: [...writeFailures, "STATE_CONFLICT"],
});

export const compareEntities = route({
  operationId: "compareEntities",
  method: "GET",
  path: "/v1/entities/{entity_id}/compare",
  tag: "Entities",
  summary: "How two entities differ",
  access: "run",
  params: entityParams,
  query: z.strictObject({ to: entityId }),
  answers: { 200: { description: "The differences", schema: entityComparison } },
  failures,
});

export const listEntities = route({
  operationId: "listEntities",
  method: "GET",
  path: "/v1/entities",
  tag: "Entities",
  summary: "Entities, newest first",
  access: "run",
  query: z.strictObject({
    role: z.enum(["input", "output", "failure", "external"]).optional(),
    /** Of the artifact. */
    name: z.string().min(1).max(128).optional(),
    run: z.uuid().optional(),
    /** Only the newest version of each lineage. */
    newest: flag.optional(),
    limit: pageLimit,
    cursor,
  }),
  answers: { 200: { description: "A page of entities", schema: entityPage } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});
