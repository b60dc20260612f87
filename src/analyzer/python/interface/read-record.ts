import type { Expression } from "../syntax/expression.ts";
import type { PythonClass, PythonModule } from "../syntax/python-module.ts";
import { outsidePath } from "./find-meaning.ts";
import { findLineage } from "./lineage.ts";

/** One field of a class that stands for a JSON object, or of a tuple with names. */
export interface RecordMember {
  name: string;
  annotation: Expression | null;
  /** What it is when left out; `Field(…)` and `field(…)` are looked into later. */
  default: Expression | null;
  /** A TypedDict's may be missing, and says no default. */
  mayBeMissing: boolean;
}

/** A class as the object that its values are in JSON. */
export interface RecordShape {
  flavour: "dataclass" | "model" | "typed_dict" | "named_tuple";
  members: readonly RecordMember[];
  /** Whether names that it does not have are let through. */
  isOpen: boolean;
}

/** The fields of a dataclass, a pydantic model, a TypedDict or a NamedTuple of the file; null for any other class. */
export function readRecord(module: PythonModule, pythonClass: PythonClass): RecordShape | null {
  const { classes, outside } = findLineage(module, pythonClass);
  const flavour = flavourOf(module, classes, outside);
  if (flavour === null) return null;
  const members = new Map<string, RecordMember>();
  for (const one of classes) {
    if (flavour === "dataclass" && !isDataclass(module, one)) continue;
    for (const field of one.fields) {
      const member = memberOf(module, flavour, one, field);
      if (member !== null) members.set(member.name, member);
    }
  }
  return {
    flavour,
    members: [...members.values()],
    isOpen: flavour === "model" && classes.some((one) => letsOthersIn(one)),
  };
}

const flavours: ReadonlyMap<string, RecordShape["flavour"]> = new Map([
  ["pydantic.BaseModel", "model"],
  ["pydantic.main.BaseModel", "model"],
  ["typing.TypedDict", "typed_dict"],
  ["typing.NamedTuple", "named_tuple"],
]);

/** Bases that bring no fields. */
const emptyBases: ReadonlySet<string> = new Set([
  "builtins.object",
  "abc.ABC",
  "typing.Generic",
  "typing.Protocol",
  "typing.Hashable",
]);

function flavourOf(
  module: PythonModule,
  classes: readonly PythonClass[],
  outside: readonly string[],
): RecordShape["flavour"] | null {
  const based = outside.flatMap((path) => flavours.get(path) ?? []);
  if (outside.some((path) => !flavours.has(path) && !emptyBases.has(path))) return null;
  return based[0] ?? (classes.some((one) => isDataclass(module, one)) ? "dataclass" : null);
}

function isDataclass(module: PythonModule, pythonClass: PythonClass): boolean {
  return pythonClass.decorators.some((decorator) => {
    const path = outsidePath(module, decorator.type === "call" ? decorator.callee : decorator);
    return path === "dataclasses.dataclass" || path === "pydantic.dataclasses.dataclass";
  });
}

function memberOf(
  module: PythonModule,
  flavour: RecordShape["flavour"],
  owner: PythonClass,
  field: PythonClass["fields"][number],
): RecordMember | null {
  const { name, annotation } = field;
  if (annotation === null || isNoField(module, annotation)) return null;
  if (flavour === "model" && (name.startsWith("_") || name === "model_config")) return null;
  return {
    name,
    annotation,
    default: flavour === "typed_dict" ? null : field.default,
    mayBeMissing: flavour === "typed_dict" && mayBeMissing(module, owner, annotation),
  };
}

/** `ClassVar[…]` belongs to the class, and `_: KW_ONLY` is a mark. */
function isNoField(module: PythonModule, annotation: Expression): boolean {
  const path = formOf(module, annotation);
  return path === "typing.ClassVar" || path === "dataclasses.KW_ONLY";
}

/** `NotRequired[…]` or `Required[…]` decides, else whether the class says `total=False`. */
function mayBeMissing(module: PythonModule, owner: PythonClass, annotation: Expression): boolean {
  const path = formOf(module, annotation);
  if (path === "typing.NotRequired") return true;
  if (path === "typing.Required") return false;
  return owner.keywords.some(({ name, value }) => name === "total" && isFalse(value));
}

/** Whether an expression is the literal False. */
export function isFalse(expression: Expression): boolean {
  return expression.type === "constant" && expression.value === false;
}

/** The path of what stands before the brackets. */
export function formOf(module: PythonModule, annotation: Expression): string | null {
  return outsidePath(module, annotation.type === "subscript" ? annotation.object : annotation);
}

/** `model_config = ConfigDict(extra="allow")`, or the same as a dict. */
function letsOthersIn(pythonClass: PythonClass): boolean {
  const config = pythonClass.fields.find(({ name }) => name === "model_config")?.default;
  if (config?.type === "call") return config.keywords.some(({ name, value }) => name === "extra" && isAllow(value));
  if (config?.type !== "dict") return false;
  return config.entries.some(({ key, value }) => key?.type === "string" && key.value === "extra" && isAllow(value));
}

function isAllow(expression: Expression): boolean {
  return expression.type === "string" && expression.value === "allow";
}
