import { ownKeys, type Template } from "../../contract/template/document.ts";
import { qualityPreset } from "../../contract/template/requirements.ts";
import { copyJson, isMap, type JsonMap, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "./check-finding.ts";
import { templatePath } from "./check-header.ts";

/**
 * A child with its parent merged in: maps merge by key, the child wins; lists and scalars replace; null removes what is inherited.
 * The parent's own keys (id, version, extends, abstract) are not inherited. Findings: nulls on keys that are not inherited.
 */
export function flattenTemplate(parent: Template, child: JsonMap): { value: JsonMap; findings: Finding[] } {
  const inherited = copyJson(parent);
  const from = isMap(inherited) ? inherited : {};
  for (const key of ownKeys) delete from[key];
  return mergeMaps(from, child, "template", templatePath);
}

/** A child whose parent is not at hand: what it says itself, without the nulls that would remove inherited keys. */
export function withoutRemovals(child: JsonMap): JsonMap {
  return mergeMaps({}, child, "template", templatePath).value;
}

/** What a map stands for decides whether null in it removes a key or is a value. */
type Part =
  | "template"
  | "interface"
  | "fields"
  | "field"
  | "requirements"
  | "presets"
  | "preset"
  | "parameters"
  | "plain";

function mergeMaps(parent: JsonMap, child: JsonMap, part: Part, path: string): { value: JsonMap; findings: Finding[] } {
  const value: JsonMap = { ...parent };
  const findings: Finding[] = [];
  for (const [key, written] of Object.entries(child)) {
    const at = childPointer(path, key);
    const before = own(parent, key);
    if (isOpaque(part, key)) value[key] = written;
    else if (written === null) {
      if (before !== undefined) delete value[key];
      else if (mayBeNull(part, key)) value[key] = null;
      else findings.push(notInherited(at, key));
    } else if (isMap(written)) {
      const merged = mergeMaps(isMap(before) ? before : {}, written, partUnder(part, key), at);
      findings.push(...merged.findings);
      value[key] = merged.value;
    } else value[key] = written;
  }
  if (part === "field") settleDefault(value, parent, child);
  return { value, findings };
}

/** A field's default is one value: it replaces the inherited one, maps and all. */
function isOpaque(part: Part, key: string): boolean {
  return part === "field" && key === "default";
}

/** `default: null` is a value where the field is nullable; elsewhere it removes an inherited default. */
function settleDefault(value: JsonMap, parent: JsonMap, child: JsonMap): void {
  if (own(child, "default") === null && Object.hasOwn(parent, "default") && own(value, "nullable") !== true) {
    delete value.default;
  }
}

const presetKeys = Object.keys(qualityPreset.shape);

/** A preset's parameters are the handler's own values, and null may be one. */
function mayBeNull(part: Part, key: string): boolean {
  return part === "parameters" || (part === "preset" && !presetKeys.includes(key));
}

function partUnder(part: Part, key: string): Part {
  switch (part) {
    case "template":
      return key === "interface" || key === "requirements" ? key : "plain";
    case "interface":
      return key === "inputs" || key === "outputs" ? "fields" : "plain";
    case "fields":
      return "field";
    case "field":
      return key === "properties" ? "fields" : key === "items" ? "field" : "plain";
    case "requirements":
      return key === "quality_presets" ? "presets" : "plain";
    case "presets":
      return "preset";
    case "preset":
    case "parameters":
      return "parameters";
    case "plain":
      return "plain";
  }
}

function notInherited(path: string, key: string): Finding {
  const message = `null removes an inherited key, but ${key} is not inherited here`;
  return errorAt("null_not_inherited", path, message, "leave the key out, or give it a value", "key");
}
