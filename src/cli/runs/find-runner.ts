import type { Client } from "../../client/create-client.ts";
import { listRunners } from "../../contract/http/runners.ts";
import type { Runner } from "../../contract/runner/runner.ts";
import { chooseOne } from "../choose-one.ts";

/** The runner that a text means: its name, its id, or the unique beginning or end of its id. */
export async function findRunner(client: Client, text: string, pool: string | undefined): Promise<Runner> {
  const { items } = await client.call(listRunners, { query: { pool } });
  return chooseOne(text, items, {
    what: "runner",
    list: "runners",
    idOf: ({ runner_id }) => runner_id,
    nameOf: ({ name }) => name,
    tell: (one) => `${one.name} in pool ${one.pool}`,
  });
}
