import { sourceBatchAnswer } from "../../src/contract/function/registration.ts";
import { starters } from "../../src/domain/function/starters.ts";

/**
 * Publishes the starters in templates/starters/, to be found, read and run. A name that was ever published is left as it is: it may be the
 * user's own by now, or deleted on purpose. Answers a line for people.
 */
export async function registerStarters(url: string, adminToken: string): Promise<string> {
  const send = async (query: string, chosen: typeof starters) => {
    const response = await fetch(`${url}/v1/functions:batch${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
      body: JSON.stringify({ sources: chosen.map(({ file, source, language }) => ({ file, source, language })) }),
    });
    if (!response.ok) throw new Error(`the starters cannot be published: ${response.status} ${await response.text()}`);
    return sourceBatchAnswer.parse(await response.json()).results;
  };
  const planned = await send("?dry_run=true", starters);
  for (const { file, message } of planned.filter((result) => result.status === "rejected")) {
    console.error(`  templates/starters, ${file}: ${message}`);
  }
  const isNew = await Promise.all(
    planned.map(async ({ status, functions }) => {
      if (status !== "created") return false;
      const known = await Promise.all(functions.map(({ name }) => isKnown(url, name)));
      return !known.includes(true);
    }),
  );
  const fresh = starters.filter((_, index) => isNew[index]);
  const created = fresh.length === 0 ? [] : await send("", fresh);
  const count = created.filter((result) => result.status === "created").length;
  const refused = planned.filter((result) => result.status === "rejected").length;
  return `${starters.length} starters: ${count} new, ${starters.length - count - refused} left as they are, ${refused} refused`;
}

async function isKnown(url: string, name: string): Promise<boolean> {
  const response = await fetch(`${url}/v1/functions/${name}/versions?limit=1`);
  await response.body?.cancel();
  return response.status !== 404;
}
