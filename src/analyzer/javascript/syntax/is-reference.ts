import type { Holder, Node } from "./nodes.ts";

/** Whether an identifier stands for a value, rather than naming a property, a label or an export. */
export function isReference(node: Node, holder: Holder | null): boolean {
  if (holder === null) return true;
  const { parent, key } = holder;
  switch (parent.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return key !== "property" || parent.computed === true;
    case "ObjectProperty":
      // Of a shorthand the value is the reference.
      return key !== "key" || parent.computed === true;
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassProperty":
      return key !== "key" || parent.computed === true;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key !== "label";
    case "ExportSpecifier":
      return key === "local";
    case "PrivateName":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return false;
    default:
      return node.type === "Identifier";
  }
}
