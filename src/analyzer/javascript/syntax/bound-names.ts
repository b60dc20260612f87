import type { File } from "@babel/types";
import { type Node, walkNodes } from "./nodes.ts";

/** Every name that a module declares, at whatever depth: what has one of these names may be the author's own. */
export function boundNames(file: File): ReadonlySet<string> {
  const names = new Set<string>();
  walkNodes(file.program, (node) => {
    switch (node.type) {
      case "VariableDeclarator":
        addPattern(names, node.id);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
        if (node.id != null) names.add(node.id.name);
        for (const parameter of node.params) addPattern(names, parameter);
        break;
      case "ArrowFunctionExpression":
      case "ObjectMethod":
      case "ClassMethod":
      case "ClassPrivateMethod":
        for (const parameter of node.params) addPattern(names, parameter);
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        if (node.id != null) names.add(node.id.name);
        break;
      case "CatchClause":
        if (node.param != null) addPattern(names, node.param);
        break;
    }
    return true;
  });
  return names;
}

/** The names that a pattern binds: those of `{ a, b: [c = 1], ...d }`. */
function addPattern(names: Set<string>, pattern: Node): void {
  walkNodes(pattern, (node, holder) => {
    // Keys, defaults and types bind nothing.
    if (holder !== null && ["key", "right", "typeAnnotation"].includes(holder.key)) return false;
    if (node.type === "Identifier") names.add(node.name);
    return true;
  });
}
