import type { File } from "@babel/types";
import type { Finding } from "../../finding.ts";
import { type Node, spanOf, walkNodes } from "./nodes.ts";
import { isTypeOnly } from "./type-only.ts";

/** What of TypeScript is more than types: it would have to be compiled, and only types that can be taken away are understood. */
export function findUnerasable(file: File): Finding[] {
  const findings: Finding[] = [];
  walkNodes(file.program, (node, holder) => {
    if (isTypeOnly(node, holder)) return false;
    const what = describe(node);
    if (what !== null) findings.push(notErasable(node, what));
    return what === null;
  });
  return findings;
}

interface Unerasable {
  what: string;
  instead: string;
}

function describe(node: Node): Unerasable | null {
  switch (node.type) {
    case "TSEnumDeclaration": {
      const name = node.id.name;
      const instead = `write \`type ${name} = "a" | "b"\`, or \`const ${name} = { … } as const\``;
      return { what: `the enum ${name} is code, not only a type`, instead };
    }
    case "TSModuleDeclaration":
      return { what: "a namespace is code, not only a type", instead: "write its members at the top of the file" };
    case "TSParameterProperty":
      return {
        what: "a parameter with public, private, protected or readonly also assigns",
        instead: "declare the property in the class, and assign it in the constructor",
      };
    case "TSImportEqualsDeclaration":
      return { what: "`import … =` is code, not only a type", instead: "use what it names directly" };
    case "TSExportAssignment":
    case "TSNamespaceExportDeclaration":
      return { what: "`export =` is no part of a module", instead: "write `export function …`" };
    case "TSTypeAssertion":
      return { what: "a type in <> before a value cannot be taken away safely", instead: "write `value as Type`" };
    default:
      return null;
  }
}

function notErasable(node: Node, { what, instead }: Unerasable): Finding {
  const { from, to } = spanOf(node);
  return {
    stage: "syntax",
    severity: "error",
    code: "not_erasable",
    message: `${what}; only types that can be taken away are understood`,
    suggestion: instead,
    span: { from, to },
    path: "",
  };
}
