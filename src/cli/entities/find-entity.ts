import type { Client } from "../../client/create-client.ts";
import { listEntities } from "../../contract/http/entities.ts";
import { findId } from "../find-id.ts";
import { entityWords } from "../terminal/entity-words.ts";
import { showAge } from "../terminal/show-time.ts";

/** The id of the entity that a text means: `@` before it or not, whole or its unique beginning or end among the newest. */
export function findEntityId(client: Client, text: string): Promise<string> {
  return findId(text.replace(/^@/, ""), "entity", async () => {
    const { items } = await client.call(listEntities, { query: { limit: "200" } });
    return items.map((one) => ({
      id: one.ecs_id,
      told: `${entityWords(one)}, ${showAge(one.created_at, Date.now())} ago`,
    }));
  });
}
