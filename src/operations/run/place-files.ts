import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import type { Field } from "../../contract/template/field.ts";
import { childPointer } from "../../domain/pointer.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** A file that came with the request, named as the input that it is for. */
export interface PlacedFile {
  input: string;
  digest: string;
}

/**
 * Puts the digests of files that came with a request in their places: one for an input that is a file, a list for one that is a list of
 * files. An input that does not exist is left for the check of the inputs, which knows what was meant.
 */
export function placeFiles(
  fields: Record<string, Field>,
  inputs: Record<string, unknown>,
  files: readonly PlacedFile[],
): Result<Record<string, unknown>, Failure> {
  const byInput = Map.groupBy(files, (file) => file.input);
  const issues = [...byInput.keys()].flatMap((input) => issuesOf(fields, inputs, input));
  const [first] = issues;
  if (first !== undefined) return refusal({ code: "INVALID_INPUTS", message: first.message, issues });
  const placed = [...byInput].map(([input, given]) => [input, digestsOf(fields, input, given)]);
  return success({ ...inputs, ...Object.fromEntries(placed) });
}

function digestsOf(fields: Record<string, Field>, input: string, given: readonly PlacedFile[]): unknown {
  const digests = given.map((file) => file.digest);
  const isList = fieldOf(fields, input)?.type === "array";
  return isList || digests.length > 1 ? digests : digests[0];
}

function issuesOf(fields: Record<string, Field>, inputs: Record<string, unknown>, input: string): Issue[] {
  const issue = (code: string, message: string, suggestion: string): Issue => ({
    severity: "error",
    path: childPointer("", input),
    line: null,
    column: null,
    code,
    message,
    suggestion,
  });
  if (Object.hasOwn(inputs, input)) {
    const message = `the input ${input} is given twice: in the part request and as a file`;
    return [issue("given_twice", message, "give one of them")];
  }
  const field = fieldOf(fields, input);
  if (field === undefined || takesFiles(field)) return [];
  const message = `the part ${input} is a file, but the input ${input} is ${field.type}`;
  return [issue("wrong_type", message, "put its value into the JSON of the part request")];
}

function fieldOf(fields: Record<string, Field>, input: string): Field | undefined {
  return Object.hasOwn(fields, input) ? fields[input] : undefined;
}

function takesFiles(field: Field): boolean {
  return (
    field.type === "file" || (field.type === "array" && (field.items === undefined || field.items.type === "file"))
  );
}
