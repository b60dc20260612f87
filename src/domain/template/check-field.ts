import { limits } from "../../contract/limits.ts";
import { type Field, type FieldType, field, fieldName, fieldType } from "../../contract/template/field.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { checkFieldRules, type FieldRole } from "./check-field-rules.ts";
import { errorAt, type Finding } from "./check-finding.ts";
import { unknownKey } from "./check-keys.ts";
import { checkCount, checkShape, wrongType } from "./check-shape.ts";
import { quote, showValue } from "./value/show-value.ts";

/** Checks the fields of one map: inputs, outputs, or the properties of an object. `fields` holds those without an error. */
export function checkFields(
  value: JsonValue,
  path: string,
  role: FieldRole,
  depth = 1,
): { findings: Finding[]; fields: Map<string, Field>; broken: Set<string> } {
  const fields = new Map<string, Field>();
  const broken = new Set<string>();
  if (!isMap(value)) return { findings: [wrongType(path, "a map of names to fields", value)], fields, broken };
  const entries = Object.entries(value);
  const findings = checkCount(entries.length, limits.fields, "fields", path);
  if (findings.length > 0) return { findings, fields, broken };
  for (const [name, spec] of entries) {
    const fieldPath = childPointer(path, name);
    const named = fieldName.safeParse(name);
    if (!named.success) findings.push(badName(fieldPath, name));
    const checked = checkField(spec, fieldPath, role, depth);
    findings.push(...checked.findings);
    if (checked.field !== null && named.success) fields.set(name, checked.field);
    else broken.add(name);
  }
  return { findings, fields, broken };
}

/** Checks one field and all inside it. `field` is null when it has an error. */
function checkField(value: JsonValue, path: string, role: FieldRole, depth: number): Checked {
  if (!isMap(value)) return { findings: [noField(path, value)], field: null };
  if (depth > limits.fieldDepth) {
    const message = `items and properties are nested deeper than ${limits.fieldDepth} levels`;
    return { findings: [errorAt("field_too_deep", path, message, "flatten the field", "key")], field: null };
  }
  const type = fieldType.safeParse(own(value, "type"));
  const findings = type.success ? [] : [badType(value, path)];
  const clean: JsonMap = {};
  const nested = { role, depth: depth + 1, findings };
  for (const [key, item] of Object.entries(value)) {
    const at = childPointer(path, key);
    if (!typesOf.has(key)) findings.push(unknownKey(path, key, keysFor(type.data)));
    else if (type.data === undefined) checkNested(nested, key, item, at);
    else if (!keysFor(type.data).includes(key)) findings.push(cannotAct(at, key, type.data));
    else if (checkKey(nested, type.data, key, item, at)) clean[key] = item;
  }
  const isWhole = findings.length === findings.filter((finding) => finding.severity === "warning").length;
  const parsed = type.success ? field.safeParse(clean) : null;
  // Rules look at what is well-formed, so that one slip does not hide another.
  if (parsed?.success) findings.push(...checkFieldRules(parsed.data, value, path, role, isWhole));
  const hasError = findings.some((finding) => finding.severity === "error");
  return { findings, field: parsed?.success && !hasError ? parsed.data : null };
}

interface Checked {
  findings: Finding[];
  field: Field | null;
}

interface Inside {
  role: FieldRole;
  depth: number;
  findings: Finding[];
}

/** Checks the value of one key that acts on the type; whether it is well-formed. */
function checkKey(inside: Inside, type: FieldType, key: string, item: JsonValue, path: string): boolean {
  const before = inside.findings.length;
  if (isNested(key, item)) checkNested(inside, key, item, path);
  else {
    const schema = shapes.get(type)?.get(key);
    const found = schema === undefined ? [] : checkShape(schema, item, path);
    inside.findings.push(...found.map((finding) => (key === "enum" ? asEnumFinding(finding, path) : finding)));
  }
  return !inside.findings.slice(before).some((finding) => finding.severity === "error");
}

function isNested(key: string, item: JsonValue): boolean {
  return key === "items" || (key === "properties" && isMap(item));
}

function checkNested(inside: Inside, key: string, item: JsonValue, path: string): void {
  if (key === "items") inside.findings.push(...checkField(item, path, inside.role, inside.depth).findings);
  if (key === "properties" && isMap(item)) {
    inside.findings.push(...checkFields(item, path, inside.role, inside.depth).findings);
  }
}

function asEnumFinding(finding: Finding, path: string): Finding {
  return finding.code === "wrong_type" && finding.path !== path ? { ...finding, code: "enum_wrong_type" } : finding;
}

/** Each type's keys and their schemas; and the other way round, the types that a key acts on. */
const shapes = new Map(
  field.options.map((option) => [option.shape.type.value, new Map(Object.entries(option.shape))] as const),
);
const typesOf = new Map<string, FieldType[]>();
for (const [type, shape] of shapes)
  for (const key of shape.keys()) typesOf.set(key, [...(typesOf.get(key) ?? []), type]);
const allKeys = [...typesOf.keys()];

function keysFor(type: FieldType | undefined): readonly string[] {
  const shape = type === undefined ? undefined : shapes.get(type);
  return shape === undefined ? allKeys : [...shape.keys()];
}

function cannotAct(path: string, key: string, type: FieldType): Finding {
  const acts = (typesOf.get(key) ?? []).join(", ");
  const message = `${key} cannot act on type ${type}; it acts on ${acts}`;
  return errorAt("constraint_not_for_type", path, message, `remove ${key}, or change the type`, "key");
}

function noField(path: string, value: JsonValue): Finding {
  const isType = typeof value === "string" && fieldType.safeParse(value).success;
  const suggestion = isType ? `write {type: ${value}}` : "write a map with a type, like {type: string}";
  return { ...wrongType(path, "a map that says the field's type", value), suggestion };
}

function badName(path: string, name: string): Finding {
  const message = `${quote(name)} cannot name a field: a name is a letter or _ followed by letters, digits and _ (64 at most)`;
  const folded = name.replaceAll(/[^A-Za-z0-9_]+/g, "_").replace(/^(\d)/, "_$1");
  const legal = fieldName.safeParse(folded).success;
  return errorAt("bad_name", path, message, legal ? `write ${folded}` : null, "key");
}

function badType(value: JsonMap, path: string): Finding {
  const found = own(value, "type");
  const types = fieldType.options.join(", ");
  if (found === undefined) {
    const at = childPointer(path, "type");
    return errorAt("missing_type", at, "the field does not say its type", `add type: one of ${types}`, "key");
  }
  const word = typeof found === "string" ? found.toLowerCase() : "";
  const meant = (Object.hasOwn(otherTypes, word) ? otherTypes[word] : undefined) ?? didYouMean(word, fieldType.options);
  const suggestion = meant === null ? `the types are ${types}` : `did you mean ${meant}?`;
  return errorAt(
    "unknown_type",
    childPointer(path, "type"),
    `there is no type ${typeof found === "string" ? quote(found) : showValue(found)}`,
    suggestion,
  );
}

/** Other languages' words for our types. */
const otherTypes: Record<string, FieldType> = {
  str: "string",
  text: "string",
  int: "integer",
  long: "integer",
  number: "float",
  double: "float",
  decimal: "float",
  bool: "boolean",
  list: "array",
  tuple: "array",
  dict: "object",
  map: "object",
  json: "object",
  image: "file",
  audio: "file",
  video: "file",
  path: "file",
  blob: "file",
};
