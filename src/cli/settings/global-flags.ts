import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";

/** The flags that every command takes. */
export const globalFlags = z.object({
  url: z.string().optional(),
  token: z.string().optional(),
  minSeq: z.int().nonnegative().optional(),
  json: z.boolean().default(false),
  color: z.boolean().default(true),
  quiet: z.boolean().default(false),
});
export type GlobalFlags = z.infer<typeof globalFlags>;

/** Puts the global flags on the program; commander takes them before and after the command's name. */
export function addGlobalFlags(program: Command): void {
  program
    .option("--url <url>", "registry to talk to (CALLSHEET_URL)")
    .option("--token <token>", "access token (CALLSHEET_TOKEN; rather not on a command line that others can see)")
    .option("--min-seq <seq>", "read from a state at least this new, as a publish answered it", readSeq)
    .option("--json", "print one JSON value on stdout and nothing else there")
    .option("--no-color", "no colours (NO_COLOR)")
    .option("-q, --quiet", "no progress, no hints");
}

function readSeq(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is a whole number, the seq of a publish.");
  return Number(text);
}
