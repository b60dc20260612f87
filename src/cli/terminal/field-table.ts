import type { Field } from "../../contract/template/field.ts";
import { describeType } from "./describe-type.ts";
import type { Terminal } from "./open-terminal.ts";
import { showValue } from "./show-value.ts";
import { table } from "./table.ts";

/** Inputs or outputs, a line each. */
export function fieldTable(
  terminal: Terminal,
  title: string,
  fields: Record<string, Field>,
  withDefaults: boolean,
): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    name,
    describeType(field),
    ...(withDefaults ? [defaultOf(field)] : []),
    field.description ?? "",
  ]);
  if (rows.length === 0) return `${terminal.colors.dim(title)}  none`;
  const head = withDefaults ? [title, "TYPE", "DEFAULT", "MEANING"] : [title, "TYPE", "MEANING"];
  return table(terminal, head, rows, (text, column) => (column === 0 ? terminal.colors.bold(text) : text));
}

function defaultOf(field: Field): string {
  if (field.default === undefined) return field.required === true ? "required" : "optional";
  return typeof field.default === "string" ? JSON.stringify(field.default) : showValue(field.default, 40);
}
