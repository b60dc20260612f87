import { dirname } from "node:path";
import type { Inputs } from "../../contract/template/document.ts";
import type { Field } from "../../contract/template/field.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { plainText } from "../terminal/plain-text.ts";
import { withContents } from "./local-content.ts";
import { placeLocalFiles } from "./place-local-files.ts";
import { readInputValue } from "./read-input-value.ts";
import { readMapFile } from "./read-map-file.ts";

/** Where inputs are told: `-i key=value`, any number of times, and a file of them. */
export interface InputFlags {
  input?: string[];
  inputs?: string;
}

/**
 * The inputs of a run as the command line tells them, files of this machine as `LocalFile`. What `-i` says goes before what the file
 * says. Paths in a file begin at its folder. Where nothing is declared (null), anything may be given. Everything that is wrong is refused together.
 */
export async function gatherInputs(declared: Inputs | null, flags: InputFlags): Promise<Record<string, unknown>> {
  const problems: string[] = [];
  const gathered: Record<string, unknown> = {};
  if (flags.inputs !== undefined) {
    const folder = flags.inputs === "-" ? "." : dirname(flags.inputs);
    for (const [key, value] of Object.entries(await readMapFile(flags.inputs))) {
      gathered[key] = placeLocalFiles(declared?.[key], value, folder);
    }
  }
  for (const [key, texts] of splitFlags(flags.input ?? [])) {
    const field = declared === null ? undeclared(texts) : declared[key];
    if (field === undefined) {
      problems.push(unknownInput(key, Object.keys(declared ?? {})));
      continue;
    }
    const said = readInputValue(field, texts, ".");
    const read = said.ok ? await withContents(said.value) : said;
    if (read.ok) gathered[key] = read.value;
    else problems.push(`${key}: ${read.failure}`);
  }
  if (problems.length === 0) return gathered;
  const told = problems.length === 1 ? problems.join() : `the inputs do not fit:\n  ${problems.join("\n  ")}`;
  throw new CommandRefusal(told, exitCodes.invalid);
}

/** `key=value` of each flag, those of one key together in their order. */
export function splitFlags(flags: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const flag of flags) {
    const at = flag.indexOf("=");
    if (at < 1) throw new CommandRefusal(`-i ${plainText(flag)}: write key=value, like -i width=256`);
    const key = flag.slice(0, at).trim();
    found.set(key, [...(found.get(key) ?? []), flag.slice(at + 1)]);
  }
  return found;
}

/** A value without a declared type; said several times, a list of such. */
function undeclared(texts: readonly string[]): Field {
  return texts.length === 1 ? { type: "any" } : { type: "array", items: { type: "any" } };
}

function unknownInput(key: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  if (meant !== null) return `there is no input ${plainText(key)}; did you mean ${meant}?`;
  return `there is no input ${plainText(key)}; ${known.length === 0 ? "it takes none" : `it takes ${known.join(", ")}`}`;
}
