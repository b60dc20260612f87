import { plainText, shorten } from "./plain-text.ts";

const mostProperties = 12;

/** A JSON Schema on one line, as far as a line tells it: `goal: string, depth: integer (optional)`. */
export function describeSchema(schema: Record<string, unknown>): string {
  const properties = mapOf(schema.properties);
  if (properties === null) return typeOf(schema);
  const names = Object.keys(properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const told = names.slice(0, mostProperties).map((name) => {
    const rest = required.includes(name) ? "" : " (optional)";
    return `${plainText(name)}: ${typeOf(mapOf(properties[name]) ?? {})}${rest}`;
  });
  if (names.length === 0) return "an object without properties";
  return names.length > told.length ? `${told.join(", ")} and ${names.length - told.length} more` : told.join(", ");
}

function typeOf(schema: Record<string, unknown>): string {
  if (Array.isArray(schema.enum)) return shorten(schema.enum.map((one) => JSON.stringify(one)).join(" or "), 60);
  const { type } = schema;
  if (type === "array") {
    const items = mapOf(schema.items);
    return items === null ? "list" : `list of ${typeOf(items)}`;
  }
  if (typeof type === "string") return plainText(type);
  return Array.isArray(type) ? type.map((one) => plainText(String(one))).join(" or ") : "anything";
}

function mapOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}
