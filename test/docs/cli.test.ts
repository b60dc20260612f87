import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { buildProgram } from "../../src/cli/program.ts";

const page = readFileSync(join(repositoryRoot, "docs", "cli.md"), "utf8");

test("docs/cli.md tells every command of the command line", () => {
  expect(commandsBelow(buildProgram(), "").filter((name) => !isTold(name))).toEqual([]);
});

/** Names of what can be called; a group of commands is none itself. */
function commandsBelow(command: Command, path: string): string[] {
  return command.commands.flatMap((one) => {
    const name = `${path} ${one.name()}`.trim();
    return one.commands.length === 0 ? [name] : commandsBelow(one, name);
  });
}

/** As `name …` in a table, a heading or a text; `a b, c` tells two; `list` is what a group does when nothing else is said. */
function isTold(name: string): boolean {
  const [group = "", ...rest] = name.split(" ");
  const last = rest.at(-1);
  if (last === "list" && new RegExp(`\`${group}[\` ]`).test(page)) return true;
  const tail = last === undefined ? "" : ` (?:[a-z-]+, )*${rest.join(" ")}`;
  return new RegExp(`(?:\`|callsheet )${group}${tail}(?![a-z-])`, "m").test(page);
}
