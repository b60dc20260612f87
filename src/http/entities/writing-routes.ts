import type { Hono } from "hono";
import type { Entity } from "../../contract/entity/entity.ts";
import {
  createEntity as createEntityRoute,
  createEntityVersion as createEntityVersionRoute,
} from "../../contract/http/entities.ts";
import { success } from "../../domain/result.ts";
import { createEntity } from "../../operations/entity/create-entity.ts";
import { createEntityVersion } from "../../operations/entity/create-entity-version.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";

/** What records entities. Nothing changes one. */
export function bindEntityWritingRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, createEntityRoute, async ({ body, needs, caller }) => {
    const created = await createEntity(needs, body, caller.name);
    return created.ok ? success(answerCreated(created.value, needs)) : created;
  });

  bindRoute(app, createEntityVersionRoute, async ({ params, body, needs, caller }) => {
    const created = await createEntityVersion(needs, params.entity_id, body, caller.name);
    return created.ok ? success(answerCreated(created.value, needs)) : created;
  });
}

function answerCreated(entity: Entity, needs: Needs): Response {
  return answerJson(entity, needs.requestId, 201, {
    Location: `/v1/entities/${entity.ecs_id}`,
    ETag: `"${entity.ecs_id}"`,
  });
}
