import { type FunctionNode, isFunctionNode } from "../exports/function-node.ts";
import { walkNodes } from "../syntax/nodes.ts";

/** Whether a function gives back a value anywhere. */
export function returnsValue(fn: FunctionNode): boolean {
  if (fn.body.type !== "BlockStatement") return true;
  let isFound = false;
  walkNodes(fn.body, (node) => {
    if (node.type === "ReturnStatement" && node.argument != null) isFound = true;
    return !isFound && !isFunctionNode(node) && !node.type.endsWith("Method") && !node.type.startsWith("Class");
  });
  return isFound;
}
