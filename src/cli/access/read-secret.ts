import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { CommandRefusal } from "../command-refusal.ts";

/** More is no secret of ours: somebody piped the wrong file. */
const mostCharacters = 20_000;

/**
 * A secret from who is at the terminal, typed without being shown, or from standard input. `what` names it. On a command line or in the
 * environment others could see it.
 */
export async function readSecret(what: string): Promise<string> {
  const read = process.stdin.isTTY && process.stderr.isTTY ? await askHidden(`${what}: `) : await text(process.stdin);
  const secret = read.trim();
  if (secret === "") throw new CommandRefusal(`no ${what} was given; type it, or pipe it into standard input`);
  if (secret.length > mostCharacters || /[\r\n]/.test(secret)) {
    throw new CommandRefusal(`what came is no ${what}: give it alone, on one line`);
  }
  return secret;
}

/** Asks on stderr; what is typed is not echoed. */
function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Only now does the terminal show nothing of what is typed.
  process.stderr.write(question);
  return new Promise((resolve, reject) => {
    // In readline's hands Ctrl-C is an event of its own, not a signal of the process; Ctrl-D closes.
    asking.once("SIGINT", () => asking.close());
    asking.once("close", () => {
      process.stderr.write("\n");
      reject(new CommandRefusal("nothing was typed, nothing was done"));
    });
    asking.once("line", (line) => {
      resolve(line);
      asking.close();
    });
  });
}
