import { limits } from "../../contract/limits.ts";
import { pointerOf } from "../pointer.ts";
import { isRecord } from "../template/value/json-equality.ts";
import { quote } from "../template/value/show-value.ts";
import { type Address, formatAddress } from "./address.ts";
import { parseAddress } from "./parse-address.ts";
import { type ReferenceFindings, reportReference } from "./reference-issues.ts";
import { suggestAddress } from "./suggest-address.ts";

/** One address that values refer to, and the JSON Pointers of the places that it stands in. */
export interface Reference {
  address: Address;
  paths: string[];
}

/**
 * All references in values, by the text of their addresses. A string is a reference when it starts with `@`, and plain when it starts with
 * `@@`; keys never are. `start` is the pointer of `values` itself, for what is reported.
 */
export function findReferences(
  values: Record<string, unknown>,
  findings: ReferenceFindings,
  start = "",
): Map<string, Reference> {
  const references = new Map<string, Reference>();
  let places = 0;
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (typeof value === "string") {
      if (!isReference(value)) return;
      places += 1;
      if (places <= limits.referencePlaces) note(references, value, pointerOf(path), findings, start);
      return;
    }
    const into = (step: string | number, member: unknown) => {
      path.push(step);
      walk(member, path);
      path.pop();
    };
    if (Array.isArray(value)) for (const [position, member] of value.entries()) into(position, member);
    else if (isRecord(value)) for (const key of Object.keys(value)) into(key, value[key]);
  };
  walk(values, []);
  if (places > limits.referencePlaces) tooMany(findings, start, `${places} places with references`, "referencePlaces");
  if (references.size > limits.references) {
    tooMany(findings, start, `${references.size} different references`, "references");
  }
  return references;
}

/** Whether a string borrows, rightly or wrongly spelled. */
export function isReference(text: string): boolean {
  return text.startsWith("@") && !text.startsWith("@@");
}

function note(
  references: Map<string, Reference>,
  text: string,
  path: string,
  findings: ReferenceFindings,
  start: string,
): void {
  if (path.length > limits.addressLength) {
    reportReference(findings, "path_too_long", start, () => ({
      message: `a reference lies at a path of ${path.length} characters; at most ${limits.addressLength} are taken`,
      suggestion: "shorten the keys on the way to it",
    }));
    return;
  }
  const parsed = parseAddress(text);
  if (!parsed.ok) {
    reportReference(findings, "address_invalid", `${start}${path}`, () => ({
      message: `${quote(text)} starts with @ and is no address: ${parsed.failure.message}`,
      suggestion: suggestAddress(text),
    }));
    return;
  }
  const canonical = formatAddress(parsed.value);
  const known = references.get(canonical);
  if (known === undefined) references.set(canonical, { address: parsed.value, paths: [path] });
  else known.paths.push(path);
}

function tooMany(
  findings: ReferenceFindings,
  start: string,
  found: string,
  limit: "references" | "referencePlaces",
): void {
  reportReference(findings, "too_many_references", start, () => ({
    message: `found ${found}; one request has at most ${limits[limit]}`,
    suggestion: "borrow a list or a map whole, or record the parts as an entity first",
  }));
}
