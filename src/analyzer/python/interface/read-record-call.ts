import type { Expression } from "../syntax/expression.ts";
import type { PythonModule } from "../syntax/python-module.ts";
import { outsidePath } from "./find-meaning.ts";
import { formOf, isFalse, type RecordMember, type RecordShape } from "./read-record.ts";

type Call = Extract<Expression, { type: "call" }>;

/** The fields of `namedtuple("P", "x y")`, `NamedTuple("P", [("x", int)])` or `TypedDict("T", {"x": int})`; null for any other call. */
export function readRecordCall(module: PythonModule, call: Call): RecordShape | null {
  const given = call.args[1];
  if (given === undefined) return null;
  switch (outsidePath(module, call.callee)) {
    case "collections.namedtuple":
      return shapeOf("named_tuple", namesOnly(call, given));
    case "typing.NamedTuple":
      return shapeOf("named_tuple", typedPairs(given));
    case "typing.TypedDict":
      return shapeOf("typed_dict", typedDict(module, call, given));
    default:
      return null;
  }
}

function shapeOf(flavour: RecordShape["flavour"], members: RecordMember[] | null): RecordShape | null {
  return members === null ? null : { flavour, members, isOpen: false };
}

/** `"x y"` or `["x", "y"]`; `defaults=` are those of the last. */
function namesOnly(call: Call, given: Expression): RecordMember[] | null {
  const names =
    given.type === "string" && given.value !== null
      ? given.value.split(/[\s,]+/).filter((name) => name !== "")
      : itemsOf(given)?.map((item) => (item.type === "string" ? item.value : null));
  if (names === undefined || !names.every((name) => name !== null)) return null;
  const written = call.keywords.find(({ name }) => name === "defaults")?.value;
  const defaults = (written === undefined ? null : itemsOf(written)) ?? [];
  const first = names.length - defaults.length;
  return names.map((name, at) => ({
    name,
    annotation: null,
    default: defaults[at - first] ?? null,
    mayBeMissing: false,
  }));
}

function typedPairs(given: Expression): RecordMember[] | null {
  const members: RecordMember[] = [];
  for (const pair of itemsOf(given) ?? []) {
    const [name, annotation] = itemsOf(pair) ?? [];
    if (name?.type !== "string" || name.value === null || annotation === undefined) return null;
    members.push({ name: name.value, annotation, default: null, mayBeMissing: false });
  }
  return itemsOf(given) === null ? null : members;
}

function typedDict(module: PythonModule, call: Call, given: Expression): RecordMember[] | null {
  if (given.type !== "dict") return null;
  const isPartial = call.keywords.some(({ name, value }) => name === "total" && isFalse(value));
  const members: RecordMember[] = [];
  for (const { key, value: annotation } of given.entries) {
    if (key?.type !== "string" || key.value === null) return null;
    const form = formOf(module, annotation);
    const mayBeMissing = form === "typing.NotRequired" || (isPartial && form !== "typing.Required");
    members.push({ name: key.value, annotation, default: null, mayBeMissing });
  }
  return members;
}

function itemsOf(expression: Expression): readonly Expression[] | null {
  return expression.type === "list" || expression.type === "tuple" ? expression.items : null;
}
