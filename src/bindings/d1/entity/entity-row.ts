import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { type AttributeSource, type EntityType, entity } from "../../../contract/entity/entity.ts";
import { primary } from "../primary.ts";

/** Written by us as JSON of a map. Not read by `z.record`, which would leave a key `__proto__` out. */
const jsonOf = <Map extends object>() => {
  const map = z.custom<Map>((value) => typeof value === "object" && value !== null && !Array.isArray(value));
  return z.string().transform((text) => map.parse(JSON.parse(text)));
};
const facts = {
  ...entity.omit({ type: true, data: true, untyped_data: true, attribute_source: true, siblings: true }).shape,
  role: z.enum(["input", "output", "failure", "external"]),
  kind: artifactKind.nullable(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  digest: z.string().nullable(),
};

type TypeColumns = Pick<z.infer<z.ZodObject<typeof facts>>, "role" | "kind" | "name" | "version" | "digest">;

/** An entity as its row tells it. `data` is null when they lie in R2 under `data_digest`. */
export const storedEntity = z
  .object({
    ...facts,
    data: jsonOf<Record<string, unknown>>().nullable(),
    untyped_data: jsonOf<Record<string, unknown>>(),
    attribute_source: jsonOf<Record<string, AttributeSource>>(),
  })
  .transform(withType);
export type StoredEntity = z.infer<typeof storedEntity>;

/** An entity without its values. */
export const entityFacts = z.object(facts).transform(withType);
export type EntityFacts = z.infer<typeof entityFacts>;

/** The columns of `entityFacts`. */
export const factColumns = `ecs_id, lineage_id, lineage_version, previous_ecs_id, root_ecs_id, created_at, created_by, forked_at, role, kind,
  name, version, digest, data_digest, data_bytes, derived_from_function, derived_from_run, output_index`;

/** The entities that there are of these ids, in no order. At most some thousands. */
export async function loadEntityRows(db: D1Database, ids: readonly string[]): Promise<StoredEntity[]> {
  if (ids.length === 0) return [];
  const { results } = await primary(db)
    .prepare(
      `SELECT ${factColumns}, data, untyped_data, attribute_source FROM entity
       WHERE ecs_id IN (SELECT value FROM json_each(?))`,
    )
    .bind(JSON.stringify(ids))
    .all();
  return z.array(storedEntity).parse(results);
}

/** The same, without their values. */
export async function loadEntityFacts(db: D1Database, ids: readonly string[]): Promise<EntityFacts[]> {
  if (ids.length === 0) return [];
  const { results } = await primary(db)
    .prepare(`SELECT ${factColumns} FROM entity WHERE ecs_id IN (SELECT value FROM json_each(?))`)
    .bind(JSON.stringify(ids))
    .all();
  return z.array(entityFacts).parse(results);
}

/** The columns of an entity's type as one value. */
function withType<Row extends TypeColumns>(row: Row) {
  const { role, kind, name, version, digest, ...rest } = row;
  const type: EntityType = entity.shape.type.parse(
    role === "external" ? { role, label: name } : { role, kind, name, version, digest },
  );
  return { ...rest, type };
}
