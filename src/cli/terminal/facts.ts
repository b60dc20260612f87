import type { Colors } from "./open-terminal.ts";

/** Named facts below each other, the names aligned; a fact that is null is left out. Values are shown as they are given. */
export function facts(rows: readonly (readonly [name: string, value: string | null])[], colors: Colors): string {
  const known = rows.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  const width = Math.max(0, ...known.map(({ name }) => name.length));
  return known
    .map(({ name, value }) => {
      const [first, ...rest] = value.split("\n");
      const indent = " ".repeat(width + 2);
      return [`${colors.dim(name.padEnd(width))}  ${first}`, ...rest.map((line) => indent + line)].join("\n");
    })
    .join("\n");
}
