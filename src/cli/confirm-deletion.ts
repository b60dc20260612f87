import { createInterface } from "node:readline/promises";
import { CommandRefusal } from "./command-refusal.ts";

/** Asks before something is deleted for good: what it is called must be typed. Refuses where nobody can be asked. */
export async function confirmDeletion(what: string, typed: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandRefusal(`deleting ${what} cannot be undone; say --yes where nobody can be asked`);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`Deleting ${what} cannot be undone. Type ${typed} to go on: `);
  asking.close();
  if (answer.trim() !== typed) throw new CommandRefusal(`${what} was not deleted`);
}
