import { version } from "../contract/artifact/version.ts";
import { splitReference } from "../domain/artifact/parse-reference.ts";
import { CommandRefusal } from "./command-refusal.ts";

/** Reads `name@1.2.3`. A version's life is changed one version at a time, so a range or a tag is refused. */
export function exactVersion(text: string): { name: string; version: string } {
  const { name, selector } = splitReference(text);
  if (selector === null) throw new CommandRefusal(`${text}: say which version, like ${name}@1.2.0`);
  if (!version.safeParse(selector).success) {
    throw new CommandRefusal(
      `${text}: "${selector}" is no exact version; \`callsheet versions ${name}\` lists them, like ${name}@1.2.0`,
    );
  }
  return { name, version: selector };
}
