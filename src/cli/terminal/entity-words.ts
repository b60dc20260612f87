import type { EntitySummary } from "../../contract/entity/entity.ts";
import { plainText } from "./plain-text.ts";

/** What an entity is, in a few words: `output of image_resize 1.0.0`, `external “measurements”`. */
export function entityWords({ type, output_index }: Pick<EntitySummary, "type" | "output_index">): string {
  if (type.role === "external") return type.label === null ? "external" : `external “${plainText(type.label)}”`;
  const which = type.role === "output" && output_index !== null && output_index > 0 ? ` ${output_index + 1}` : "";
  return `${type.role}${which} of ${plainText(type.name)} ${type.version}`;
}

/** A JSON Pointer as an address spells it: `/tags/0` is `.tags[0]`, the empty one `(all)`. */
export function addressOf(pointer: string): string {
  if (pointer === "") return "(all)";
  return pointer
    .slice(1)
    .split("/")
    .map((word) => word.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((word) =>
      /^\d+$/.test(word) ? `[${word}]` : /^[A-Za-z_]\w*$/.test(word) ? `.${word}` : `[${JSON.stringify(word)}]`,
    )
    .join("");
}

/** Where an edge of lineage ends: what a workflow's expression computed of something ends at a member that there is not. */
export function endOf(pointer: string): { address: string; isComputed: boolean } {
  const [, computed] = /^(.*)\/-(?:\/\d+)?$/s.exec(pointer) ?? [];
  return { address: addressOf(computed ?? pointer), isComputed: computed !== undefined };
}
