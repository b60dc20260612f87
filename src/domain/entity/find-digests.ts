import { digest } from "../../contract/artifact/digest.ts";
import { isRecord } from "../template/value/json-equality.ts";

/** All strings in a value that could name a file, each once. */
export function findDigests(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part === "string") {
      if (part.startsWith("sha256:") && digest.safeParse(part).success) found.add(part);
    } else if (Array.isArray(part)) for (const member of part) walk(member);
    else if (isRecord(part)) for (const key of Object.keys(part)) walk(part[key]);
  };
  walk(value);
  return [...found];
}
