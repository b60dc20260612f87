import type { Entity } from "../../contract/entity/entity.ts";

/** What an entity is, in a few words: `output of image_resize@1.0.0`, `data from outside: measurements`. */
export function entityWords({ type, output_index: index }: Pick<Entity, "type" | "output_index">): string {
  if (type.role === "external") return type.label === null ? "data from outside" : `data from outside: ${type.label}`;
  const which = type.role === "output" && index !== null && index > 0 ? ` ${index + 1}` : "";
  return `${type.role}${which} of ${type.name}@${type.version}`;
}
