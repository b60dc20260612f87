import type { TSTypeAliasDeclaration, TSTypeReference } from "@babel/types";
import { jsdocNames } from "../docs/jsdoc-names.ts";
import { parseTypeText } from "../docs/parse-type-text.ts";
import type { Jsdoc } from "../docs/read-jsdoc.ts";
import { membersOfTags } from "../docs/tag-members.ts";
import { spanOf } from "../syntax/nodes.ts";
import { type Type, type TypeReading, warnOf, written } from "./type-reading.ts";

/** What the name of a type stands for. */
export type Named =
  /** Another type: an alias, a type parameter, a `@typedef`. */
  | { kind: "type"; type: Type; isInteger: boolean }
  /** The interfaces of that name, with what their type parameters stand for. */
  | { kind: "interface"; name: string; names: ReadonlyMap<string, Type> }
  | { kind: "class" | "enum" }
  /** Not of this file. */
  | { kind: "outside"; name: string; args: Type[] };

type Written = Extract<Type, { kind: "written" }>;

/** Looks a type's name up: type parameters, then the file's own types, else one of the language's. Null for dotted names. */
export function lookUpType(reading: TypeReading, type: Written, node: TSTypeReference): Named | null {
  if (node.typeName.type !== "Identifier") return null;
  const { name } = node.typeName;
  const args = (node.typeArguments?.params ?? []).map((argument) => written(argument, type.names));
  const parameter = type.names.get(name);
  if (parameter !== undefined) return { kind: "type", type: parameter, isInteger: false };
  const { aliases, interfaces, classes, enums, typedefs } = reading.types;
  const alias = aliases.get(name);
  if (alias !== undefined) {
    const target = written(alias.typeAnnotation, bindParameters(alias, args));
    return { kind: "type", type: target, isInteger: isIntegerAlias(alias) };
  }
  const declared = interfaces.get(name);
  if (declared !== undefined) {
    const [first] = declared;
    return {
      kind: "interface",
      name,
      names: first === undefined ? new Map() : bindParameters(first, args),
    };
  }
  if (classes.has(name)) return { kind: "class" };
  if (enums.has(name)) return { kind: "enum" };
  const typedef = typedefs.get(name);
  if (typedef !== undefined) return { kind: "type", type: typeOfTypedef(typedef), isInteger: false };
  return { kind: "outside", name, args };
}

/** `@typedef {Object} Name` with its `@property` tags, or `@typedef {…} Name`. */
function typeOfTypedef({ tags, span }: Jsdoc): Type {
  const members = membersOfTags(tags.filter(({ tag }) => tag === "property" || tag === "prop"));
  if (members.length > 0) return { kind: "members", members, span };
  const typedef = tags.find(({ tag }) => tag === "typedef");
  const parsed = typedef === undefined ? null : parseTypeText(typedef);
  return parsed?.node == null ? { kind: "untyped", span } : written(parsed.node, jsdocNames);
}

/** `type integer = number`: TypeScript has no integers of its own. */
function isIntegerAlias(alias: TSTypeAliasDeclaration): boolean {
  return /^int(eger)?$/i.test(alias.id.name) && alias.typeAnnotation.type === "TSNumberKeyword";
}

/** What the type parameters of a declaration stand for, given its arguments; names from around its use mean nothing inside it. */
function bindParameters(
  declaration: Pick<TSTypeAliasDeclaration, "typeParameters">,
  args: readonly Type[],
): ReadonlyMap<string, Type> {
  const names = new Map<string, Type>();
  for (const [index, parameter] of (declaration.typeParameters?.params ?? []).entries()) {
    const given = args[index] ?? (parameter.default == null ? null : written(parameter.default, new Map(names)));
    names.set(parameter.name.name, given ?? { kind: "untyped", span: spanOf(parameter) });
  }
  return names;
}

/**
 * Reads what is behind a name, unless the name stands in itself, which no interface can say. With type arguments the same name may rightly
 * stand in itself (`Box<Box<string>>`), so the place counts too.
 */
export function enterNamed<Read>(
  reading: TypeReading,
  node: TSTypeReference,
  name: string,
  read: (inside: TypeReading) => Read,
  otherwise: Read,
): Read {
  const entry = node.typeArguments == null ? name : `${name}@${node.start ?? 0}`;
  if (reading.within.includes(entry)) {
    const span = spanOf(node);
    const message = `${name} contains itself, which an interface cannot say: any value is taken here`;
    warnOf(reading, span, "recursive_type", message, null);
    return otherwise;
  }
  return read({ ...reading, within: [...reading.within, entry] });
}
