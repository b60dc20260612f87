import type { File, Statement } from "@babel/types";

/** The statements of a module's top level; of what is exported where it is declared, the declaration. */
export function topStatements(file: File): Statement[] {
  return file.program.body.flatMap((statement): Statement[] => {
    if (statement.type === "ExportNamedDeclaration")
      return statement.declaration == null ? [] : [statement.declaration];
    if (statement.type !== "ExportDefaultDeclaration") return [statement];
    const { declaration } = statement;
    const isStatement =
      declaration.type === "FunctionDeclaration" ||
      declaration.type === "ClassDeclaration" ||
      declaration.type === "TSInterfaceDeclaration";
    return isStatement ? [declaration] : [];
  });
}
