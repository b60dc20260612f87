import type { File } from "@babel/types";
import type { ImportedModule } from "../../contract/function/analysis.ts";
import { walkNodes } from "./syntax/nodes.ts";

/** The modules that a source names to have something of them; all of them are refused. */
export function readImports(file: File): ImportedModule[] {
  const imports: ImportedModule[] = [];
  walkNodes(file.program, (node) => {
    const isStatement =
      node.type === "ImportDeclaration" ||
      node.type === "ExportNamedDeclaration" ||
      node.type === "ExportAllDeclaration";
    if (!isStatement && node.type !== "ImportExpression") return true;
    const { source, loc } = node;
    if (source?.type === "StringLiteral" && source.value !== "") {
      imports.push({ module: source.value, line: loc?.start.line ?? 1 });
    }
    return true;
  });
  return imports.slice(0, mostImports);
}

const mostImports = 1000;
