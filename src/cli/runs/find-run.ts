import type { Client } from "../../client/create-client.ts";
import { getRun, listRuns } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import { findId } from "../find-id.ts";
import { showAge } from "../terminal/show-time.ts";

/** The id of the run that a text means: a whole id, or its unique beginning or end among the newest runs. */
export function findRunId(client: Client, text: string): Promise<string> {
  return findId(text, "run", async () => {
    // The runs that do a workflow's steps are many: they must not hide the others.
    const pages = await Promise.all([
      client.call(listRuns, { query: { parent: "none", limit: "200" } }),
      client.call(listRuns, { query: { limit: "200" } }),
    ]);
    const items = new Map(pages.flatMap((page) => page.items.map((one) => [one.id, one] as const)));
    return [...items.values()].map((one) => ({
      id: one.id,
      told: `${one.name} ${one.version}, ${one.state}, ${showAge(one.created_at, Date.now())} ago`,
    }));
  });
}

/** The run itself. */
export async function findRun(client: Client, text: string): Promise<Run> {
  return client.call(getRun, { params: { run_id: await findRunId(client, text) } });
}
