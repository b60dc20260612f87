import type { Holder, Node } from "./nodes.ts";

/** Whether a node is there for the types alone: nothing of it runs. */
export function isTypeOnly(node: Node, holder: Holder | null): boolean {
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "TSDeclareMethod":
    case "TSIndexSignature":
    case "TSTypeAnnotation":
    case "TSTypeParameterDeclaration":
    case "TSTypeParameterInstantiation":
    case "TSClassImplements":
      return true;
    case "VariableDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
      return node.declare === true;
    case "ClassProperty":
      return node.declare === true || node.abstract === true;
    case "ExportNamedDeclaration":
      return node.exportKind === "type" || (node.declaration != null && isTypeOnly(node.declaration, null));
    case "ExportDefaultDeclaration":
      return isTypeOnly(node.declaration, null);
    case "ImportDeclaration":
      return node.importKind === "type";
    case "ImportSpecifier":
      return node.importKind === "type";
    case "ExportSpecifier":
      return node.exportKind === "type";
    case "Identifier":
      return node.name === "this" && holder?.key === "params";
    default:
      // The type of `x as T` and `x satisfies T`.
      return holder?.key === "typeAnnotation";
  }
}
