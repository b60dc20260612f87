import semver from "semver";
import { digest } from "../../contract/artifact/digest.ts";
import { latestTag, tagName } from "../../contract/artifact/tag.ts";
import { version } from "../../contract/artifact/version.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../result.ts";

/** Which version a reference means. */
export type Selector =
  | { type: "version"; version: string }
  | { type: "digest"; digest: string }
  | { type: "tag"; tag: string }
  | { type: "range"; range: string };

export interface Reference {
  name: string;
  selector: Selector;
}

/** Splits `name` or `name@selector`; none means `latest`. The name is not checked here: each kind has its own rule. */
export function splitReference(text: string): { name: string; selector: string | null } {
  const at = text.indexOf("@");
  return at < 0 ? { name: text, selector: null } : { name: text.slice(0, at), selector: text.slice(at + 1) };
}

/** Reads the part after `@`. */
export function parseSelector(text: string): Result<Selector, Failure> {
  if (text === "") return refused(text, "it is empty");
  if (text.length > limits.selectorLength)
    return refused(text, `it is longer than ${limits.selectorLength} characters`);
  if (version.safeParse(text).success) return success({ type: "version", version: text });
  if (text.startsWith("sha256:")) {
    return digest.safeParse(text).success
      ? success({ type: "digest", digest: text })
      : refused(text, "a digest is sha256: followed by 64 lower-case hex digits");
  }
  if (tagName.safeParse(text).success) return success({ type: "tag", tag: text });
  if (/^[\d^~<>=*xX. |-]+$/.test(text) && semver.validRange(text) !== null)
    return success({ type: "range", range: text });
  return refused(text, "it is no version, range, tag or digest");
}

/** The selector of a reference that has none. */
export const latest: Selector = { type: "tag", tag: latestTag };

function refused(text: string, why: string): Result<Selector, Failure> {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return refusal({
    code: "INVALID_REQUEST",
    message: `selector "${shown}" is not understood: ${why}. Use a version (1.4.0), a range (^1.2, 1.x, >=1 <3), a tag (stable) or sha256:…`,
  });
}
