import type { Issue } from "../../contract/issue.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type Result, refusal, success } from "../result.ts";
import type { UnversionedFunction } from "./source-draft.ts";

/** The functions of a source that a request names with their versions: all of them where it names none. */
export function chooseFunctions(
  functions: readonly UnversionedFunction[],
  versions: Readonly<Record<string, string>> | undefined,
): Result<UnversionedFunction[], Issue[]> {
  if (versions === undefined) return success([...functions]);
  const known = functions.map(({ id }) => id);
  const chosen = functions.filter(({ id }) => Object.hasOwn(versions, id));
  const unknown = Object.keys(versions).filter((name) => !known.includes(name));
  if (unknown.length === 0 && chosen.length > 0) return success(chosen);
  const [first] = unknown;
  const asked = first === undefined ? "no function is asked for" : `the source publishes no function ${first}`;
  const meant = first === undefined ? null : didYouMean(first, known);
  return refusal([
    {
      severity: "error",
      path: "",
      line: null,
      column: null,
      code: "unknown_function",
      message: `${asked}; it publishes ${known.join(", ")}`,
      suggestion: meant === null ? "name functions of the source, or none" : `did you mean ${meant}?`,
      stage: "signature",
    },
  ]);
}
