import { type Command, CommanderError } from "commander";
import { version } from "../../contract/artifact/version.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { packageVersion } from "../package-facts.ts";

const long = "--version";

/**
 * `callsheet --version` tells the CLI's own version; `callsheet publish … --version 1.2.0` asks for one. Commander gives the program
 * what stands after a command too, so the program takes both and the commands that want a version ask it.
 */
export function addVersionFlag(program: Command): void {
  program
    .option(`-V, ${long} [version]`, "tell the version of callsheet itself")
    .on("option:version", (value: string | null) => {
      if (value !== null && value !== "") return;
      process.stdout.write(`${packageVersion}\n`);
      throw new CommanderError(0, "commander.version", packageVersion);
    })
    .hook("preAction", (_program, command) => {
      const isAsked = typeof program.opts().version === "string";
      if (isAsked && !command.options.some((option) => option.long === long)) {
        command.error(`error: \`callsheet ${command.name()}\` takes no version; ${long} alone tells callsheet's own`);
      }
    });
}

/** Adds the flag to a command that publishes. */
export function addPublishedVersionFlag(command: Command): Command {
  return command.option(`${long} <version>`, "of every function; without it the registry chooses by what changed");
}

/** The version that a command line asks for; undefined when it asks for none. */
export function askedVersion(command: Command): string | undefined {
  const said: unknown = command.optsWithGlobals().version;
  if (said === undefined) return undefined;
  const read = version.safeParse(said);
  if (read.success) return read.data;
  throw new CommandRefusal(`${long} ${String(said)}: ${read.error.issues[0]?.message ?? "it is no version"}`);
}
