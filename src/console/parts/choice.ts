import { element } from "./element.ts";

/** A list to choose one of: values, and what they are called. */
export function choice(
  name: string,
  chosen: string,
  options: readonly (readonly [value: string, label: string])[],
): HTMLSelectElement {
  return element(
    "select",
    { name },
    ...options.map(([value, label]) => element("option", { value, selected: value === chosen }, label)),
  );
}
