import { type Command, InvalidArgumentError } from "commander";
import { type AccessScope, accessScope } from "../../contract/access/scope.ts";
import { gather } from "../runs/label-flags.ts";

/** The rights that flags ask for. */
export interface RightFlags {
  scope: AccessScope[];
  namePattern?: string[];
}

/** Adds the flags that say what somebody may do, and to which names. */
export function addRightFlags(command: Command): Command {
  return command
    .requiredOption(
      "--scope <scope>",
      `what it may do: ${accessScope.options.join(", ")}; several with commas, or the flag again`,
      readScopes,
    )
    .option(
      "--name-pattern <pattern>",
      "only these names: templates/image_*, functions/*, models/*; repeatable",
      gather,
    );
}

function readScopes(text: string, before: AccessScope[] | undefined): AccessScope[] {
  const said = text.split(",").map((one) => {
    const scope = accessScope.safeParse(one.trim());
    if (!scope.success) throw new InvalidArgumentError(`There are ${accessScope.options.join(", ")}.`);
    return scope.data;
  });
  return [...new Set([...(before ?? []), ...said])];
}
