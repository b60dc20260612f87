import { everyName, namePattern } from "../../contract/access/name-pattern.ts";
import { type ChangeFilter, type ChangeType, changeType } from "../../contract/announcement/change-event.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type Result, refusal, success } from "../result.ts";

/** Reads which changes are asked for, from lists with commas between as a query has them. Nothing said: all. */
export function readChangeFilter(asked: {
  types?: string | undefined;
  names?: string | undefined;
}): Result<ChangeFilter, Failure> {
  const types = asked.types === undefined ? success(null) : readTypes(asked.types);
  if (!types.ok) return types;
  const names = asked.names === undefined ? success([everyName]) : readNames(asked.names);
  return names.ok ? success({ types: types.value, names: names.value }) : names;
}

function readTypes(text: string): Result<ChangeType[], Failure> {
  const types: ChangeType[] = [];
  for (const word of wordsOf(text)) {
    const found = changeType.safeParse(word);
    if (!found.success) return refuse(`types has ${quote(word)}, which is no change`, hintFor(word));
    types.push(found.data);
  }
  return types.length > 0 ? success(types) : refuse("types is empty", `of ${changeType.options.join(", ")}`);
}

/** `published` alone is near nothing by spelling, but plain enough. */
function hintFor(word: string): string {
  const ends = changeType.options.find((option) => option.endsWith(`.${word}`));
  const near = ends ?? didYouMean(word, changeType.options);
  return near === null ? `there is ${changeType.options.join(", ")}` : `did you mean ${near}?`;
}

function readNames(text: string): Result<string[], Failure> {
  const names = wordsOf(text);
  if (names.length === 0) return refuse("names is empty", "name patterns, as templates/image_* or *");
  if (names.length > limits.namePatterns)
    return refuse(`names has ${names.length} patterns`, `${limits.namePatterns} are read at once`);
  const bad = names.find((name) => !namePattern.safeParse(name).success);
  if (bad === undefined) return success(names);
  return refuse(
    `names has ${quote(bad)}`,
    `a name pattern is lower-case letters, digits, . _ - / and *, at most ${limits.namePatternLength}, like templates/image_*`,
  );
}

function wordsOf(text: string): string[] {
  return text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
}

function quote(word: string): string {
  return JSON.stringify(word.slice(0, 60));
}

function refuse(found: string, hint: string): Result<never, Failure> {
  return refusal({ code: "INVALID_REQUEST", message: `${found}; ${hint}` });
}
