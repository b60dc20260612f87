import type { Client } from "../../client/create-client.ts";
import { listRunners } from "../../contract/http/runners.ts";
import type { Runner } from "../../contract/runner/runner.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { plainText } from "../terminal/plain-text.ts";

/** The runner that a text means: its name, its id, or the unique beginning or end of its id. */
export async function findRunner(client: Client, text: string, pool: string | undefined): Promise<Runner> {
  const { items } = await client.call(listRunners, { query: { pool } });
  const named = items.filter(({ name }) => name === text);
  const fitting = named.length > 0 ? named : items.filter(({ runner_id }) => fits(runner_id, text.toLowerCase()));
  const [only, other] = fitting;
  if (only === undefined) {
    const meant = didYouMean(
      text,
      items.map(({ name }) => name),
    );
    const hint = meant === null ? "`callsheet runners` tells which there are" : `did you mean ${plainText(meant)}?`;
    throw new CommandRefusal(`there is no runner ${plainText(text)}; ${hint}`, exitCodes.notFound);
  }
  if (other !== undefined) {
    const ids = fitting.map((one) => `\n  ${one.runner_id}  ${plainText(one.name)} in pool ${one.pool}`);
    throw new CommandRefusal(`${plainText(text)} is not enough; give the id of the one you mean${ids.join("")}`);
  }
  return only;
}

function fits(id: string, text: string): boolean {
  return text.length >= 4 && (id.startsWith(text) || id.endsWith(text));
}
