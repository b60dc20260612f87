import { expect } from "vitest";
import { type Entity, entity } from "../../src/contract/entity/entity.ts";
import { askJson } from "./a-registry.ts";

/** A request to record data from outside. */
export function postEntity(body: object): Promise<Response> {
  return askJson("POST", "/v1/entities", body);
}

/** An entity that a test takes for granted. */
export async function anEntity(data: object, more: object = {}): Promise<Entity> {
  return created(await postEntity({ data, ...more }));
}

/** The next version of an entity. */
export function postVersion(of: Entity, data: object, more: object = {}): Promise<Response> {
  return askJson("POST", `/v1/entities/${of.ecs_id}/versions`, { data, ...more });
}

export async function aVersion(of: Entity, data: object, more: object = {}): Promise<Entity> {
  return created(await postVersion(of, data, more));
}

async function created(response: Response): Promise<Entity> {
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return entity.parse(JSON.parse(text));
}
