import { version } from "../../contract/artifact/version.ts";
import type { JsonValue } from "../document/json-value.ts";

/** The version that somebody meant who wrote `1.0`, `v1.2.0`, `1.2.0-beta` or the number 1.5; null when none can be read. */
export function suggestVersion(written: JsonValue): string | null {
  if (typeof written !== "string" && typeof written !== "number") return null;
  const found = /^\s*[vV]?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+.].*)?\s*$/.exec(
    String(written).slice(0, 100),
  );
  if (found === null) return null;
  const suggested = found
    .slice(1, 4)
    .map((part) => Number(part ?? 0))
    .join(".");
  return version.safeParse(suggested).success ? suggested : null;
}
