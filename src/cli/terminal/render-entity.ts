import type { AttributeSource, Entity } from "../../contract/entity/entity.ts";
import { entityWords } from "./entity-words.ts";
import { facts } from "./facts.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { showBytes } from "./show-size.ts";
import { showValue } from "./show-value.ts";

const widestLabel = 40;
const widestValue = 80;
const mostRows = 500;

/** An entity: what it is, and its data as a tree with the source of each value beside it. */
export function renderEntity(entity: Entity, colors: Colors): string {
  const { lineage_version, previous_ecs_id, siblings } = entity;
  const made = entity.derived_from_run === null ? null : `run ${entity.derived_from_run}`;
  const head = facts(
    [
      ["address", `@${entity.ecs_id}`],
      ["recorded", `${entity.created_at} by ${plainText(entity.created_by)}`],
      ["version", `${lineage_version} of lineage ${entity.lineage_id}`],
      ["before it", previous_ecs_id === null ? null : `@${previous_ecs_id}`],
      ["split off", entity.forked_at],
      ["made by", made],
      ["siblings", siblings.length === 0 ? null : siblings.map((id) => `@${id}`).join("\n")],
    ],
    colors,
  );
  return [colors.bold(entityWords(entity)), head, "", renderData(entity, colors)].join("\n");
}

function renderData(entity: Entity, colors: Colors): string {
  if (entity.data === null) {
    return `its data has ${showBytes(entity.data_bytes)}: \`callsheet entities value @${entity.ecs_id}\`, or file ${entity.data_digest}`;
  }
  const rows = Object.entries(entity.data).flatMap(([key, value]) =>
    valueRows(key, value, entity.attribute_source[key] ?? null, ""),
  );
  if (rows.length === 0) return colors.dim("its data is empty");
  const shown = rows.slice(0, mostRows);
  const labels = Math.min(widestLabel, Math.max(...shown.map(({ label }) => label.length)));
  const sourced = shown.filter(({ source }) => source !== null);
  const values = Math.min(widestValue, Math.max(0, ...sourced.map(({ value }) => value.length)));
  const lines = shown.map(({ label, value, source }) => {
    const line = `${label.padEnd(labels)}  ${source === null ? value : value.padEnd(values)}`;
    return source === null ? line.trimEnd() : `${line}  ${colors.cyan(`← ${source}`)}`;
  });
  if (rows.length > shown.length) lines.push(colors.dim(`… and ${rows.length - shown.length} more; --json shows all`));
  return lines.join("\n");
}

interface Row {
  label: string;
  value: string;
  source: string | null;
}

/** A value's row, and below it those of what is in it; a list or map that was taken whole tells its source once. */
function valueRows(key: string, value: unknown, source: AttributeSource, indent: string): Row[] {
  const label = indent + plainText(key);
  const own = typeof source === "string" ? source : null;
  if (typeof value !== "object" || value === null)
    return [{ label, value: showValue(value, widestValue), source: own }];
  const isList = Array.isArray(value);
  const inner = Object.entries(value);
  if (inner.length === 0) return [{ label, value: isList ? "[]" : "{}", source: own }];
  return [
    { label, value: "", source: own },
    ...inner.flatMap(([name, one]) =>
      valueRows(isList ? `[${name}]` : name, one, sourceIn(source, name), `${indent}  `),
    ),
  ];
}

function sourceIn(source: AttributeSource, name: string): AttributeSource {
  if (typeof source !== "object" || source === null) return null;
  return (Array.isArray(source) ? source[Number(name)] : source[name]) ?? null;
}
