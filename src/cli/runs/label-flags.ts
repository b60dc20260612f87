import { CommandRefusal } from "../command-refusal.ts";
import { plainText } from "../terminal/plain-text.ts";

/** Gathers a flag that may be given several times; for commander. */
export function gather(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** `key=value` of each flag. Undefined when there is none, so that the registry's own default counts. */
export function readLabels(flag: string, given: readonly string[] | undefined): Record<string, string> | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new CommandRefusal(`${flag} ${plainText(text)}: write key=value, like ${flag} team=vision`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
