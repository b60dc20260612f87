import { functionName } from "../../contract/function/name.ts";
import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { plainText } from "../terminal/plain-text.ts";

/** A reference to a function, where nothing else is meant; `sharpen` alone does not say whose. */
export function functionReference(text: string): string {
  const reference = text.replace(/^function\//, "");
  const { name } = splitReference(reference);
  if (functionName.safeParse(name).success) return reference;
  const example = /^[a-z0-9_]+$/.test(name) ? name : "sharpen";
  throw new CommandRefusal(
    `${plainText(text)}: a function is named {runtime}.{name}, like numpy.${example}; \`callsheet functions\` lists them`,
  );
}
