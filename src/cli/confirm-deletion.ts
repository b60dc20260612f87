import { createInterface } from "node:readline/promises";
import { CommandRefusal } from "./command-refusal.ts";

/** Asks before something is deleted for good: what it is called must be typed. Refuses where nobody can be asked. */
export async function confirmDeletion(what: string, typed: string, act: Act = deleting): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandRefusal(`${act.doing} ${what} cannot be undone; say --yes where nobody can be asked`);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const doing = `${act.doing.charAt(0).toUpperCase()}${act.doing.slice(1)}`;
  const answer = await asking.question(`${doing} ${what} cannot be undone. Type ${typed} to go on: `);
  asking.close();
  if (answer.trim() !== typed) throw new CommandRefusal(`${what} was not ${act.done}`);
}

/** What is about to be done, in words. */
interface Act {
  doing: string;
  done: string;
}

const deleting: Act = { doing: "deleting", done: "deleted" };
/** Something stops to be there, but what it did stays. */
export const removing: Act = { doing: "removing", done: "removed" };
export const revoking: Act = { doing: "revoking", done: "revoked" };
