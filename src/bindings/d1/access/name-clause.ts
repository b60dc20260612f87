import { areOfAllNames } from "../../../domain/access/matches-name.ts";

/** A condition of SQL and the values that it binds. */
export interface NameClause {
  sql: string;
  values: string[];
}

/**
 * The condition that a repository's name fits one of the patterns; null: all do. `name` is SQL that gives the name. All patterns are one bound
 * value, since D1 takes no more than 100; and only those with several `*` become GLOB, of which D1 takes up to 50 bytes.
 */
export function nameClause(patterns: readonly string[], name: string): NameClause | null {
  if (areOfAllNames(patterns)) return null;
  const sql = `EXISTS (SELECT 1 FROM json_each(?) AS pattern WHERE CASE pattern.value ->> 'how'
    WHEN 'same' THEN ${name} = pattern.value ->> 'text'
    WHEN 'around' THEN length(${name}) >= length(pattern.value ->> 'before') + length(pattern.value ->> 'after')
      AND substr(${name}, 1, length(pattern.value ->> 'before')) = pattern.value ->> 'before'
      AND substr(${name}, length(${name}) - length(pattern.value ->> 'after') + 1) = pattern.value ->> 'after'
    ELSE ${name} GLOB (pattern.value ->> 'text') END)`;
  return { sql, values: [JSON.stringify(patterns.map(readPattern))] };
}

/** The name of the repository of a row with `kind` and `name`; its collections are the kinds' plurals. */
export function repositorySql(kind: string, name: string): string {
  return `(${kind} || 's/' || ${name})`;
}

function readPattern(pattern: string): Record<string, string> {
  const [before = "", after, ...more] = pattern.split("*");
  if (after === undefined) return { how: "same", text: pattern };
  return more.length === 0 ? { how: "around", before, after } : { how: "glob", text: pattern };
}
