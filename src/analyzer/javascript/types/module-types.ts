import type {
  Comment,
  Expression,
  File,
  Statement,
  TSInterfaceDeclaration,
  TSTypeAliasDeclaration,
} from "@babel/types";
import { isJsdoc, type Jsdoc, readJsdoc } from "../docs/read-jsdoc.ts";
import { topStatements } from "../syntax/top-statements.ts";

/** What a module's top level says of types. */
export interface ModuleTypes {
  aliases: ReadonlyMap<string, TSTypeAliasDeclaration>;
  /** All declarations of one name together. */
  interfaces: ReadonlyMap<string, readonly TSInterfaceDeclaration[]>;
  /** Names of classes and enums: what they make is no JSON. */
  classes: ReadonlySet<string>;
  enums: ReadonlySet<string>;
  /** `const name = value`, for `typeof name`. */
  constants: ReadonlyMap<string, Expression>;
  /** `@typedef` comments by the name that they define. */
  typedefs: ReadonlyMap<string, Jsdoc>;
}

/** Collects the types that a module defines. */
export function readModuleTypes(code: string, file: File): ModuleTypes {
  const aliases = new Map<string, TSTypeAliasDeclaration>();
  const interfaces = new Map<string, TSInterfaceDeclaration[]>();
  const classes = new Set<string>();
  const enums = new Set<string>();
  const constants = new Map<string, Expression>();
  for (const statement of topStatements(file)) {
    if (statement.type === "TSTypeAliasDeclaration") aliases.set(statement.id.name, statement);
    if (statement.type === "TSInterfaceDeclaration") {
      const { name } = statement.id;
      interfaces.set(name, [...(interfaces.get(name) ?? []), statement]);
    }
    if (statement.type === "ClassDeclaration" && statement.id != null) classes.add(statement.id.name);
    if (statement.type === "TSEnumDeclaration") enums.add(statement.id.name);
    for (const [name, value] of constantsOf(statement)) constants.set(name, value);
  }
  return { aliases, interfaces, classes, enums, constants, typedefs: readTypedefs(code, file.comments ?? []) };
}

function constantsOf(statement: Statement): [string, Expression][] {
  if (statement.type !== "VariableDeclaration" || statement.kind !== "const") return [];
  return statement.declarations.flatMap(({ id, init }): [string, Expression][] =>
    id.type === "Identifier" && init != null ? [[id.name, init]] : [],
  );
}

function readTypedefs(code: string, comments: readonly Comment[]): Map<string, Jsdoc> {
  const typedefs = new Map<string, Jsdoc>();
  for (const comment of comments) {
    if (!isJsdoc(comment) || !comment.value.includes("@typedef")) continue;
    const docs = readJsdoc(code, comment);
    const typedef = docs.tags.find(({ tag }) => tag === "typedef");
    if (typedef !== undefined && typedef.name !== "") typedefs.set(typedef.name, docs);
  }
  return typedefs;
}
