import type { CallExpression, Expression, File, MemberExpression, OptionalMemberExpression } from "@babel/types";
import type { Finding } from "../finding.ts";
import { boundNames } from "./syntax/bound-names.ts";
import { isReference } from "./syntax/is-reference.ts";
import { type Holder, type Node, spanOf, walkNodes } from "./syntax/nodes.ts";
import { isTypeOnly } from "./syntax/type-only.ts";
import { unwrapped } from "./syntax/unwrapped.ts";

/**
 * What a function at the edge cannot do, told before it fails there: other modules, code made of strings, the network. For honest mistakes
 * only; what must not be possible is not possible in the isolate.
 */
export function checkForbidden(file: File): Finding[] {
  const findings: Finding[] = [];
  const bound = boundNames(file);
  walkNodes(file.program, (node, holder) => {
    const isFrom = "source" in node && node.source != null;
    if (isTypeOnly(node, holder) && !isFrom) {
      findings.push(...importedTypes(node));
      return false;
    }
    const finding = findingFor(node, holder, bound);
    if (finding !== null) findings.push(finding);
    return true;
  });
  return findings;
}

/** `import("./types.ts").Inputs` inside a type. */
function importedTypes(type: Node): Finding[] {
  const findings: Finding[] = [];
  walkNodes(type, (node) => {
    if (node.type === "TSImportType") findings.push(forbiddenImport(node, "a type of another module", typesHint));
    return true;
  });
  return findings;
}

const typesHint = "write the types in the same file";
const wholeHint = "a function is one file: put what it needs into it";

function findingFor(node: Node, holder: Holder | null, bound: ReadonlySet<string>): Finding | null {
  switch (node.type) {
    case "ImportDeclaration": {
      const isType =
        node.importKind === "type" ||
        (node.specifiers.length > 0 &&
          node.specifiers.every((one) => one.type === "ImportSpecifier" && one.importKind === "type"));
      return forbiddenImport(node, `the module ${JSON.stringify(node.source.value)}`, isType ? typesHint : wholeHint);
    }
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (node.source == null) return null;
      return forbiddenImport(node, `the module ${JSON.stringify(node.source.value)}`, wholeHint);
    case "ImportExpression":
      return forbiddenImport(node, "a module, by import(),", wholeHint);
    case "MetaProperty":
      return node.meta.name === "import" ? forbiddenImport(node, "import.meta", "there is no file to tell of") : null;
    case "Import":
      return forbiddenImport(node, "a module, by import(),", wholeHint);
    case "CallExpression":
      return requireFinding(node, bound);
    case "MemberExpression":
    case "OptionalMemberExpression":
      return memberFinding(node);
    case "AwaitExpression":
      return isAtTop(holder) ? topLevelAwait(node) : null;
    case "ForOfStatement":
      return node.await === true && isAtTop(holder) ? topLevelAwait(node) : null;
    case "Identifier":
      return isReference(node, holder) && !bound.has(node.name) ? nameFinding(node, node.name, holder) : null;
    default:
      return null;
  }
}

function forbiddenImport(node: Node, what: string, suggestion: string): Finding {
  return error(
    node,
    "imports",
    "forbidden_import",
    `${what} cannot be had at the edge: nothing is imported there`,
    suggestion,
  );
}

function requireFinding(call: CallExpression, bound: ReadonlySet<string>): Finding | null {
  const { callee } = call;
  if (callee.type !== "Identifier" || callee.name !== "require" || bound.has("require")) return null;
  const [argument] = call.arguments;
  const name =
    argument?.type === "StringLiteral" ? `the module ${JSON.stringify(argument.value)}` : "a module, by require(),";
  return forbiddenImport(call, name, wholeHint);
}

const makers: ReadonlySet<string> = new Set(["eval", "Function"]);
const globals: ReadonlySet<string> = new Set(["globalThis", "self", "window", "global"]);
const network: ReadonlySet<string> = new Set(["fetch", "WebSocket", "EventSource", "XMLHttpRequest", "caches"]);
/** What Node, browsers and others have, and isolates have not. */
const elsewhere: ReadonlySet<string> = new Set(
  "process Buffer module exports __dirname __filename global window document localStorage Deno Bun".split(" "),
);
const codeHint = "write the code itself; to choose between things, use an object of functions";

function nameFinding(node: Node, name: string, holder: Holder | null): Finding | null {
  if (makers.has(name)) {
    const isTest = holder?.parent.type === "BinaryExpression" && holder.parent.operator === "instanceof";
    return isTest ? null : madeOfStrings(node, name);
  }
  const isAsked = holder?.parent.type === "UnaryExpression" && holder.parent.operator === "typeof";
  if (elsewhere.has(name) && !isAsked) return notHere(node, name);
  return network.has(name) ? noNetwork(node, name) : null;
}

/** `globalThis.eval`, `f.constructor.constructor` and `(() => {}).constructor`: other ways to the same. */
function memberFinding(node: MemberExpression | OptionalMemberExpression): Finding | null {
  const name = propertyName(node);
  if (name === null) return null;
  const object = node.object.type === "Super" ? null : unwrapped(node.object);
  if (object?.type === "Identifier" && globals.has(object.name)) {
    if (makers.has(name)) return madeOfStrings(node, `${object.name}.${name}`);
    return network.has(name) ? noNetwork(node, name) : null;
  }
  return name === "constructor" && object !== null && isFunctionLike(object)
    ? madeOfStrings(node, "the constructor of a function")
    : null;
}

function propertyName({ property, computed }: MemberExpression | OptionalMemberExpression): string | null {
  if (property.type === "Identifier" && !computed) return property.name;
  return property.type === "StringLiteral" ? property.value : null;
}

function isFunctionLike(object: Expression): boolean {
  if (object.type === "FunctionExpression" || object.type === "ArrowFunctionExpression") return true;
  const isMember = object.type === "MemberExpression" || object.type === "OptionalMemberExpression";
  return isMember && propertyName(object) === "constructor";
}

function isAtTop(holder: Holder | null): boolean {
  for (let place = holder; place !== null; place = place.outer) {
    const { type } = place.parent;
    if (type.includes("Function") || type.endsWith("Method") || type === "StaticBlock") return false;
    if (type.endsWith("Property") && type.startsWith("Class") && place.key === "value") return false;
  }
  return true;
}

function topLevelAwait(node: Node): Finding {
  const message = "nothing is waited for while the module is read: every call would wait for it too";
  return error(node, "imports", "top_level_await", message, "await inside the function");
}

function madeOfStrings(node: Node, name: string): Finding {
  return error(
    node,
    "imports",
    "forbidden_call",
    `${name} makes code of a string, which is not allowed at the edge`,
    codeHint,
  );
}

function noNetwork(node: Node, name: string): Finding {
  const message = `${name} will fail: a function at the edge has no network`;
  const suggestion = "take what is needed as an input, or write the function in Python and run it on a runner";
  return { ...error(node, "imports", "no_network", message, suggestion), severity: "warning" };
}

function notHere(node: Node, name: string): Finding {
  const message = `there is no ${name} at the edge: reading it fails`;
  const suggestion = "use what the language itself has, or take what is needed as an input";
  return { ...error(node, "imports", "not_at_edge", message, suggestion), severity: "warning" };
}

function error(node: Node, stage: Finding["stage"], code: string, message: string, suggestion: string): Finding {
  return { stage, severity: "error", code, message, suggestion, span: spanOf(node), path: "" };
}
