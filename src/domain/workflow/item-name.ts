import { alias } from "../../contract/workflow/step.ts";
import { isMap, type JsonMap, own } from "../document/json-value.ts";
import { defaultItem } from "./check-mapping.ts";

/** What a map calls its item in the expressions inside. */
export function itemNameOf(body: JsonMap): string {
  const branches = own(body, "branches");
  const name = isMap(branches) ? own(branches, "as") : undefined;
  return alias.safeParse(name).data ?? defaultItem;
}
