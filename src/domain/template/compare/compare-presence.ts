import type { Change } from "../../../contract/template/comparison.ts";
import type { Field } from "../../../contract/template/field.ts";
import { childPointer } from "../../pointer.ts";
import { sameJson } from "../value/json-equality.ts";

/** Whether a member must be there, and whether something stands in when it is left out. */
export interface Presence {
  isRequired: boolean;
  hasDefault: boolean;
}

/**
 * Differences in what may be left out. Of an input, what counts is whether a caller must give it: required and without a default.
 * Of an output, what counts is whether it is promised: required.
 */
export function comparePresence(
  presence: { from: Presence; to: Presence },
  fields: { from: Field; to: Field },
  side: "input" | "output",
  path: string,
  label: string,
): Change[] {
  const { from, to } = presence;
  const requiredPath = childPointer(path, "required");
  const flags = { path: requiredPath, from: from.isRequired, to: to.isRequired };
  if (side === "output") {
    if (from.isRequired === to.isRequired) return [];
    return to.isRequired
      ? [{ ...flags, level: "minor", code: "made_required", message: `${label} is always there now` }]
      : [{ ...flags, level: "breaking", code: "made_optional", message: `${label} may be missing now` }];
  }
  const wasNeeded = from.isRequired && !from.hasDefault;
  const isNeeded = to.isRequired && !to.hasDefault;
  const defaults = {
    path: childPointer(path, "default"),
    from: fields.from.default ?? null,
    to: fields.to.default ?? null,
  };
  if (!wasNeeded && isNeeded) {
    return from.isRequired
      ? [
          {
            ...defaults,
            level: "breaking",
            code: "default_removed",
            message: `${label} is required and lost its default`,
          },
        ]
      : [{ ...flags, level: "breaking", code: "made_required", message: `${label} is required now` }];
  }
  if (wasNeeded && !isNeeded) {
    return to.isRequired
      ? [{ ...defaults, level: "minor", code: "default_added", message: `${label} has a default now` }]
      : [{ ...flags, level: "minor", code: "made_optional", message: `${label} may be left out now` }];
  }
  if (from.hasDefault === to.hasDefault && sameJson(defaults.from, defaults.to)) return [];
  return [{ ...defaults, level: "minor", code: "default_changed", message: `${label}: default changed` }];
}
