import type { JsonMap, JsonValue } from "../document/json-value.ts";
import type { Address } from "../entity/address.ts";

/**
 * Where a value of a workflow came from. `at`: it is a copy of what lies there. `from`: it was computed from what lies there, of nothing where
 * the list is empty. `members`: each of its members has a source of its own.
 */
export type Source =
  | { readonly at: Address }
  | { readonly from: readonly Address[] }
  | { readonly members: Readonly<Record<string, Source>> | readonly Source[] };

/** A value, and where it came from. */
export interface Sourced {
  value: JsonValue;
  source: Source;
}

/** A map of values by name, as inputs and outputs are, and where each came from. */
export interface SourcedMap {
  values: JsonMap;
  sources: Readonly<Record<string, Source>>;
}
