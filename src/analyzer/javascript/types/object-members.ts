import type { TSInterfaceDeclaration, TSInterfaceHeritage, TSType, TSTypeElement, TSTypeReference } from "@babel/types";
import { jsdocOf } from "../docs/read-jsdoc.ts";
import { spanOf } from "../syntax/nodes.ts";
import { keysOf } from "./literal-keys.ts";
import { enterNamed, lookUpType } from "./lookup-type.ts";
import { type Member, type Properties, type Type, type TypeReading, warnOf, written } from "./type-reading.ts";

/** The properties of an object type, with those of what it extends or joins; null when it is no object type. */
export function membersOf(reading: TypeReading, type: Type): Properties | null {
  reading.budget.left -= 1;
  if (reading.budget.left < 0) return null;
  if (type.kind === "members") return { members: type.members, isOpen: false };
  if (type.kind !== "written") return null;
  const { node, names } = type;
  switch (node.type) {
    case "TSParenthesizedType":
      return membersOf(reading, written(node.typeAnnotation, names));
    case "TSTypeLiteral":
      return membersOfElements(reading, node.members, names);
    case "TSMappedType": {
      const keys = keysOf(reading, written(node.constraint, names));
      const isPlain = node.nameType == null && node.typeAnnotation != null;
      if (node.typeAnnotation == null || !isPlain) return null;
      if (keys === null) return isString(node.constraint) ? { members: [], isOpen: true } : null;
      const isOptional = node.optional === true || node.optional === "+";
      const value = written(node.typeAnnotation, names);
      return { members: keys.map((name) => member(name, value, spanOf(node), isOptional)), isOpen: false };
    }
    case "TSIntersectionType": {
      const parts = node.types.map((part) => membersOf(reading, written(part, names)));
      return parts.every((part) => part !== null) ? join(parts) : null;
    }
    case "TSTypeReference":
      return membersOfNamed(reading, type, node);
    default:
      return null;
  }
}

function isString(node: TSType): boolean {
  return node.type === "TSStringKeyword";
}

/** Later ones stand in for earlier ones of the same name. */
function join(parts: readonly Properties[]): Properties {
  const members = new Map<string, Member>();
  for (const part of parts) for (const one of part.members) members.set(one.name, one);
  return { members: [...members.values()], isOpen: parts.some(({ isOpen }) => isOpen) };
}

function membersOfElements(
  reading: TypeReading,
  elements: readonly TSTypeElement[],
  names: ReadonlyMap<string, Type>,
): Properties {
  const members = new Map<string, Member>();
  let isOpen = false;
  for (const element of elements) {
    if (element.type === "TSIndexSignature") isOpen = true;
    if (element.type !== "TSPropertySignature" && element.type !== "TSMethodSignature") continue;
    const { key } = element;
    const name =
      key.type === "Identifier" && !element.computed
        ? key.name
        : key.type === "StringLiteral" || key.type === "NumericLiteral"
          ? String(key.value)
          : null;
    const span = spanOf(key);
    if (name === null) {
      warnOf(reading, span, "illegal_field", "a computed name can name no property: nothing is said of it", null);
      isOpen = true;
      continue;
    }
    const value: Type =
      element.type === "TSMethodSignature"
        ? written({ type: "TSFunctionType", params: [], start: element.start ?? 0, end: element.end ?? 0 }, names)
        : element.typeAnnotation == null
          ? { kind: "untyped", span }
          : written(element.typeAnnotation.typeAnnotation, names);
    const docs = jsdocOf(reading.code, element);
    members.set(name, { ...member(name, value, span, element.optional === true), docs });
  }
  return { members: [...members.values()], isOpen };
}

function member(name: string, type: Type, span: Member["span"], isOptional: boolean): Member {
  return { name, type, span, isOptional, isNullable: false, docs: null, text: null, defaultText: null };
}

function membersOfNamed(reading: TypeReading, type: Written, node: TSTypeReference): Properties | null {
  const named = lookUpType(reading, type, node);
  const name = node.typeName.type === "Identifier" ? node.typeName.name : "";
  switch (named?.kind) {
    case "type":
      if (named.isInteger) return null;
      if (type.names.has(name)) return membersOf(reading, named.type);
      return enterNamed(reading, node, name, (inside) => membersOf(inside, named.type), null);
    case "interface":
      // Whoever reads the members has entered it, so that a property of its own type is found out.
      return membersOfInterface(reading, reading.types.interfaces.get(name) ?? [], named.names);
    case "outside":
      return membersOfUtility(reading, named.name, named.args, spanOf(node));
    default:
      return null;
  }
}

type Written = Extract<Type, { kind: "written" }>;

function membersOfInterface(
  reading: TypeReading,
  declarations: readonly TSInterfaceDeclaration[],
  names: ReadonlyMap<string, Type>,
): Properties {
  const own = declarations.map((declaration) => membersOfElements(reading, declaration.body.body, names));
  const parents = declarations.flatMap((declaration) =>
    (declaration.extends ?? []).map((heritage) => membersOfParent(reading, heritage, names)),
  );
  return join([...parents, ...own]);
}

function membersOfParent(
  reading: TypeReading,
  heritage: TSInterfaceHeritage,
  names: ReadonlyMap<string, Type>,
): Properties {
  const { expression, typeArguments, start = 0, end = 0 } = heritage;
  if (expression.type === "Identifier") {
    const reference: TSTypeReference = {
      type: "TSTypeReference",
      typeName: expression,
      typeArguments: typeArguments ?? null,
      start,
      end,
    };
    const found = enterNamed(
      reading,
      reference,
      `extends ${expression.name}`,
      (inside) => membersOf(inside, written(reference, names)),
      null,
    );
    if (found !== null) return found;
  }
  const message =
    "what is extended here is not understood: its properties are let through, and nothing is said of them";
  warnOf(reading, spanOf(heritage), "unknown_type", message, "extend interfaces of the same file");
  return { members: [], isOpen: true };
}

/** Partial, Required, Readonly, Pick, Omit and Record; null for any other name. */
function membersOfUtility(
  reading: TypeReading,
  name: string,
  [first, second]: readonly Type[],
  span: Member["span"],
): Properties | null {
  if (first === undefined) return null;
  if (name === "Record") {
    const keys = keysOf(reading, first);
    if (keys === null || second === undefined) return { members: [], isOpen: true };
    return { members: keys.map((key) => member(key, second, span, false)), isOpen: false };
  }
  if (name !== "Pick" && name !== "Omit") return withMarks(name, membersOf(reading, first));
  const whole = membersOf(reading, first);
  const keys = second === undefined ? null : keysOf(reading, second);
  if (whole === null || keys === null) return null;
  const members = whole.members.filter((one) => keys.includes(one.name) === (name === "Pick"));
  return { members, isOpen: whole.isOpen && name === "Omit" };
}

function withMarks(name: string, whole: Properties | null): Properties | null {
  if (whole === null) return null;
  if (name === "Readonly") return whole;
  if (name !== "Partial" && name !== "Required") return null;
  const members = whole.members.map((one) => ({ ...one, isOptional: name === "Partial" }));
  return { ...whole, members };
}
