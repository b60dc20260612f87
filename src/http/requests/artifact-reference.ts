import type { Failure } from "../../contract/failure.ts";
import type { Collection } from "../../contract/http/collection.ts";
import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The name and the selector of a reference in a path; `?version=` may say the selector instead of `@`, not as well. */
export function readReference(
  of: Pick<Collection, "kind" | "name">,
  reference: string,
  versionParameter: string | undefined,
): Result<{ name: string; selector: string | null }, Failure> {
  const { name, selector } = splitReference(reference);
  const checked = of.name.safeParse(name);
  if (!checked.success) {
    const why = checked.error.issues[0]?.message ?? `it is no ${of.kind} name`;
    return refusal({ code: "INVALID_REQUEST", message: `"${name.slice(0, 60)}" cannot be a ${of.kind}: ${why}` });
  }
  if (selector !== null && versionParameter !== undefined) {
    return refusal({
      code: "INVALID_REQUEST",
      message: `the reference says @${selector} and the query says version=${versionParameter}; give one of them`,
    });
  }
  return success({ name, selector: selector ?? versionParameter ?? null });
}
