import type { ExportNamedDeclaration, Expression, File, Node, Statement, TSType } from "@babel/types";
import type { Finding, Span } from "../../finding.ts";
import { type Jsdoc, jsdocOf } from "../docs/read-jsdoc.ts";
import { spanOf } from "../syntax/nodes.ts";
import { topStatements } from "../syntax/top-statements.ts";
import { isTypeOnly } from "../syntax/type-only.ts";
import { unwrapped } from "../syntax/unwrapped.ts";
import { type FunctionNode, isFunctionNode } from "./function-node.ts";

/** A function that a module exports. */
export interface ExportedFunction {
  /** What the module exports it as: what is loaded. */
  entry: string;
  /** Its own name. */
  name: string;
  node: FunctionNode;
  /** The type that is written for the name it is bound to: `const f: Fn = …`. */
  declared: TSType | null;
  docs: Jsdoc | null;
  /** Where it is declared. */
  span: Span;
  nameSpan: Span;
}

/** What a module exports. */
export interface ModuleExports {
  functions: ExportedFunction[];
  /** `export const schema` and `export const version`. */
  schema: Expression | null;
  version: Expression | null;
  findings: Finding[];
}

/** Something that a top-level name is bound to. */
interface Binding {
  /** The statement that declares it, for its comment and its place. */
  statement: Node;
  name: string;
  nameSpan: Span;
  declared: TSType | null;
  value: Node | null;
}

/** Finds all that a module exports, whether it is declared there or named afterwards. */
export function findExports(code: string, file: File): ModuleExports {
  const found: ModuleExports = { functions: [], schema: null, version: null, findings: [] };
  const bindings = new Map(
    topStatements(file)
      .flatMap(bindingsOf)
      .map((binding) => [binding.name, binding]),
  );
  for (const statement of file.program.body) {
    if (isTypeOnly(statement, null)) continue;
    if (statement.type === "ExportNamedDeclaration" && statement.source == null) {
      addNamed(found, code, statement, bindings);
    }
    if (statement.type === "ExportDefaultDeclaration") addDefault(found, code, statement, bindings);
  }
  return found;
}

function bindingsOf(statement: Statement): Binding[] {
  if (statement.type === "VariableDeclaration" && statement.declare !== true) {
    return statement.declarations.flatMap(({ id, init }): Binding[] => {
      if (id.type !== "Identifier") return [];
      const annotation = id.typeAnnotation?.type === "TSTypeAnnotation" ? id.typeAnnotation.typeAnnotation : null;
      const from = spanOf(id).from;
      const nameSpan = { from, to: from + id.name.length };
      return [
        { statement, name: id.name, nameSpan, declared: annotation, value: init == null ? null : unwrapped(init) },
      ];
    });
  }
  const isNamed = statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration";
  if (!isNamed || statement.id == null) return [];
  const { id } = statement;
  return [{ statement, name: id.name, nameSpan: spanOf(id), declared: null, value: statement }];
}

function addNamed(
  found: ModuleExports,
  code: string,
  statement: ExportNamedDeclaration,
  bindings: ReadonlyMap<string, Binding>,
): void {
  const { declaration, specifiers } = statement;
  for (const binding of declaration == null ? [] : bindingsOf(declaration)) {
    add(found, code, binding.name, { ...binding, statement }, bindings);
  }
  for (const specifier of specifiers) {
    if (specifier.type !== "ExportSpecifier" || isTypeOnly(specifier, null)) continue;
    const { exported } = specifier;
    const entry = exported.type === "Identifier" ? exported.name : exported.value;
    const binding = specifier.local.type === "Identifier" ? bindings.get(specifier.local.name) : undefined;
    if (binding === undefined) addUnused(found, entry, spanOf(specifier));
    else if (entry === "default") add(found, code, entry, binding, bindings);
    else add(found, code, entry, { ...binding, name: entry }, bindings);
  }
}

function addDefault(
  found: ModuleExports,
  code: string,
  statement: Extract<Statement, { type: "ExportDefaultDeclaration" }>,
  bindings: ReadonlyMap<string, Binding>,
): void {
  const { declaration } = statement;
  if (declaration.type === "Identifier") {
    const binding = bindings.get(declaration.name);
    if (binding === undefined) addUnused(found, "default", spanOf(statement));
    else add(found, code, "default", binding, bindings);
    return;
  }
  const value =
    declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration"
      ? declaration
      : unwrappedNode(declaration);
  const id = "id" in value && value.id != null && typeof value.id === "object" && "name" in value.id ? value.id : null;
  const name = id !== null && typeof id.name === "string" ? id.name : null;
  if (isFunctionNode(value) && name === null) {
    found.findings.push({
      stage: "signature",
      severity: "error",
      code: "anonymous_function",
      message: "the default export has no name, and a function is published under its name",
      suggestion: "write `export default function name(…) { … }`",
      span: headOf(statement),
      path: "",
    });
    return;
  }
  const nameSpan = headOf(statement);
  add(found, code, "default", { statement, name: name ?? "default", nameSpan, declared: null, value }, bindings);
}

function unwrappedNode(node: Node): Node {
  return node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression" ? unwrapped(node) : node;
}

/** `export default` and what follows on the same line. */
function headOf(node: Node): Span {
  const { from, to } = spanOf(node);
  return { from, to: Math.min(to, from + "export default".length) };
}

function add(
  found: ModuleExports,
  code: string,
  entry: string,
  binding: Binding,
  bindings: ReadonlyMap<string, Binding>,
): void {
  const { statement, name, nameSpan } = binding;
  if (entry === "then") {
    addThenable(found, nameSpan);
    return;
  }
  const meant = followed(binding, bindings);
  const { value } = meant;
  if (entry === "schema" || entry === "version") {
    if (value !== null && isExpression(value)) {
      found[entry] = value;
      return;
    }
  }
  if (value !== null && isFunctionNode(value)) {
    if (value.generator === true) {
      addRefused(found, name, nameSpan, "a generator", "return a list of all values");
      return;
    }
    const docs = jsdocOf(code, statement, binding === meant ? null : meant.statement, value);
    found.functions.push({
      entry,
      name,
      node: value,
      declared: binding.declared ?? meant.declared,
      docs,
      span: spanOf(statement),
      nameSpan,
    });
    return;
  }
  if (value?.type === "ClassDeclaration" || value?.type === "ClassExpression") {
    addRefused(found, name, nameSpan, "a class", "export a function that makes one and returns its values");
    return;
  }
  addUnused(found, entry, nameSpan);
}

/** What a name is in the end bound to: `export const g = f`. */
function followed(binding: Binding, bindings: ReadonlyMap<string, Binding>): Binding {
  let meant = binding;
  for (let step = 0; step < longestChain && meant.value?.type === "Identifier"; step += 1) {
    const next = bindings.get(meant.value.name);
    if (next === undefined) break;
    meant = next;
  }
  return meant;
}

const longestChain = 16;

function isExpression(node: Node): node is Expression {
  return !node.type.endsWith("Declaration") && !isFunctionNode(node);
}

function addRefused(found: ModuleExports, name: string, span: Span, what: string, suggestion: string): void {
  const shown = name === "default" ? "the default export" : name;
  const message = `${shown} is ${what}: what is published is a function that answers once`;
  found.findings.push({
    stage: "signature",
    severity: "error",
    code: "not_a_function",
    message,
    suggestion,
    span,
    path: `/functions/${name}`,
  });
}

/** Whoever waits for a module with such an export calls it. */
function addThenable(found: ModuleExports, span: Span): void {
  const message = "an export called then makes a promise of the module, which cannot be loaded";
  const suggestion = "export it under another name";
  found.findings.push({
    stage: "signature",
    severity: "error",
    code: "illegal_name",
    message,
    suggestion,
    span,
    path: "/functions/then",
  });
}

function addUnused(found: ModuleExports, entry: string, span: Span): void {
  const message = `the export ${entry} is no function, and nothing is made of it`;
  const suggestion = "only functions, `schema` and `version` are looked at: take export away";
  found.findings.push({
    stage: "signature",
    severity: "warning",
    code: "unused_export",
    message,
    suggestion,
    span,
    path: "",
  });
}
