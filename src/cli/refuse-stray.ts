import type { Command } from "commander";
import { didYouMean } from "../domain/did-you-mean.ts";
import { CommandRefusal } from "./command-refusal.ts";
import { plainText } from "./terminal/plain-text.ts";

/** Refuses words after a group of commands that lists when nothing else is asked: `callsheet runs shwo` asked for something else. */
export function refuseStray(list: Command): void {
  const [word] = list.args;
  if (word === undefined) return;
  const group = list.parent?.name() ?? "";
  const known = (list.parent?.commands ?? []).map((command) => command.name());
  const told = `\`callsheet ${group} ${plainText(word)}\` is no command`;
  if (known.includes("show") && (/^@?[0-9a-f-]{4,}$/i.test(word) || /\w[.-]\w/.test(word))) {
    throw new CommandRefusal(`${told}; did you mean \`callsheet ${group} show ${plainText(word)}\`?`);
  }
  const meant = didYouMean(word, known);
  const hint = meant === null ? `there are ${known.join(", ")}` : `did you mean \`callsheet ${group} ${meant}\`?`;
  throw new CommandRefusal(`${told}; ${hint}`);
}
