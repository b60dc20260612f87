import { snakeName } from "../../analyzer/snake-name.ts";
import { functionName } from "../../contract/function/name.ts";
import { CommandRefusal } from "../command-refusal.ts";

/** What a function called `name` is published as. Refuses what no function can be called, with a name that one can have. */
export function legalFunctionName(runtime: string, name: string): string {
  const id = `${runtime}.${snakeName(name)}`;
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name) && functionName.safeParse(id).success) return id;
  const legal = snakeName(name.replace(/[^A-Za-z0-9]+/g, "_"))
    .replace(/_+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  const hint = functionName.safeParse(`${runtime}.${legal}`).success ? `; how about ${legal}?` : "";
  throw new CommandRefusal(
    `"${name}" is no name for a function: a letter, then letters and digits with single _ between them${hint}`,
  );
}
