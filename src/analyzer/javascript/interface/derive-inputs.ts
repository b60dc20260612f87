import type { Expression, Node, TSType, TSTypeReference } from "@babel/types";
import type { Parameter } from "../../../contract/function/signature.ts";
import type { Field } from "../../../contract/template/field.ts";
import { jsdocNames } from "../docs/jsdoc-names.ts";
import { parseTypeText } from "../docs/parse-type-text.ts";
import type { JsdocTag } from "../docs/read-jsdoc.ts";
import { membersOfTags } from "../docs/tag-members.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import { spanOf, textOf } from "../syntax/nodes.ts";
import { lookUpType } from "../types/lookup-type.ts";
import { memberField } from "../types/member-field.ts";
import { type Member, type Type, type TypeReading, written } from "../types/type-reading.ts";
import { withDefault } from "../types/with-default.ts";
import { checkArguments, warnUntyped } from "./check-arguments.ts";
import { checkInputNames } from "./check-input-names.ts";
import { inferField } from "./infer-field.ts";
import { readLiteral } from "./read-literal.ts";
import { annotationOf, type InputsParameter, readParameter, type TakenName } from "./read-parameter.ts";
import { refusePositional, refuseSignature } from "./refuse-signature.ts";

/** What a function takes. */
export interface DerivedInputs {
  fields: [string, Field][];
  parameters: Parameter[];
}

type ObjectParameter = Extract<InputsParameter, { kind: "object" }>;

const none: DerivedInputs = { fields: [], parameters: [] };

const saysNothing: ReadonlySet<string> = new Set(["TSAnyKeyword", "TSUnknownKeyword", "TSObjectKeyword"]);

/** The inputs of a function, by the type of its one parameter, else by its JSDoc, else by the names that it takes. */
export function deriveInputs(
  reading: TypeReading,
  fn: ExportedFunction,
  declared: TSType | null,
  isTyped: boolean,
): DerivedInputs {
  const parameter = readParameter(fn.node);
  if (parameter.kind === "none") return none;
  if (parameter.kind === "positional") return refuse(reading, fn, parameter.nodes, isTyped);
  const annotation = parameter.annotation ?? declared;
  const tags = fn.docs?.tags.filter(({ tag }) => tag === "param" || tag === "arg" || tag === "argument") ?? [];
  const told = toldMembers(tags, parameter.names);
  const type = annotation === null ? typeByTags(tags, told, parameter) : written(annotation);
  if (type.kind === "untyped" && parameter.names === null) return refuseUntyped(reading, fn, parameter);
  if (annotation !== null && saysNothing.has(annotation.type)) return refuseUntyped(reading, fn, parameter);
  const found = type.kind === "untyped" ? { members: [], isOpen: false } : reading.properties(reading, type);
  if (found === null) return refuse(reading, fn, [parameter.node], isTyped);
  const members = annotation === null ? [...found.members, ...untoldMembers(found.members, parameter)] : found.members;
  if (found.isOpen) refuseOpen(reading, parameter);
  checkArguments(reading, fn, tags, members);
  return inputsOf(reading, fn, members, told, parameter);
}

function inputsOf(
  reading: TypeReading,
  fn: ExportedFunction,
  members: readonly Member[],
  told: readonly Member[],
  parameter: ObjectParameter,
): DerivedInputs {
  const inputs: DerivedInputs = { fields: [], parameters: [] };
  const taken: ReadonlyMap<string, TakenName> = parameter.names ?? new Map();
  const legal = checkInputNames(reading, fn, members, taken, "the type of the inputs");
  for (const member of members) {
    const { name } = member;
    if (!legal.has(name)) continue;
    const path = `${reading.path}/parameters/${name}`;
    const text = told.find((one) => one.name === name)?.text ?? member.text;
    const given = taken.get(name)?.default ?? null;
    const field = inputField({ ...reading, path }, { ...member, text }, given);
    inputs.fields.push([name, field]);
    inputs.parameters.push({
      name,
      kind: "keyword_only",
      annotation: annotationText(reading, member),
      default_text: given === null ? member.defaultText : textOf(reading.code, given),
      required: field.required === true,
    });
  }
  return inputs;
}

function inputField(reading: TypeReading, member: Member, given: Expression | null): Field {
  if (given === null) {
    if (member.type.kind === "untyped" && member.defaultText === null) warnUntyped(reading, member);
    return memberField(reading, member);
  }
  const literal = readLiteral(given);
  const type: Type = member.type.kind === "untyped" ? inferField(reading, member, literal) : member.type;
  // What the code itself says goes before what its comment says.
  const { default: _, ...field } = memberField(reading, { ...member, type, defaultText: null });
  return literal === undefined
    ? { ...field, required: false }
    : withDefault(reading, field, literal.value, spanOf(given));
}

function annotationText(reading: TypeReading, { type }: Member): string | null {
  return type.kind === "written" ? textOf(reading.code, type.node) : null;
}

/** What JSDoc tells of single inputs: `inputs.text`, or `text` where that is a name that is taken. */
function toldMembers(tags: readonly JsdocTag[], names: ReadonlyMap<string, TakenName> | null): Member[] {
  const root = tags.find(({ name }) => !name.includes("."))?.name ?? tags[0]?.name.split(".")[0] ?? null;
  if (root === null) return [];
  const members = membersOfTags(tags, root);
  const isDirect = members.length === 0 && names !== null && tags.some(({ name }) => names.has(name));
  return isDirect ? membersOfTags(tags.filter(({ name }) => names.has(name.split(".")[0] ?? ""))) : members;
}

function typeByTags(tags: readonly JsdocTag[], told: Member[], parameter: ObjectParameter): Type {
  const span = spanOf(parameter.node);
  if (told.length > 0) return { kind: "members", members: told, span };
  const root = tags.find(({ name }) => !name.includes("."));
  const parsed = root === undefined ? null : parseTypeText(root);
  const isAnyObject = /^object$/i.test(parsed?.text ?? "object");
  return parsed?.node == null || isAnyObject ? { kind: "untyped", span } : written(parsed.node, jsdocNames);
}

/** Names that are taken and of which no type and no comment tells; beside a written type they are slips. */
function untoldMembers(known: readonly Member[], parameter: ObjectParameter): Member[] {
  return [...(parameter.names ?? [])].flatMap(([name, { node }]): Member[] => {
    if (known.some((one) => one.name === name)) return [];
    const span = spanOf(node);
    const type: Type = { kind: "untyped", span };
    return [{ name, type, isOptional: false, isNullable: false, docs: null, text: null, defaultText: null, span }];
  });
}

function refuse(reading: TypeReading, fn: ExportedFunction, nodes: readonly Node[], isTyped: boolean): DerivedInputs {
  const [first] = nodes;
  const annotation = nodes.length === 1 && first !== undefined ? annotationOf(first) : null;
  if (annotation?.type === "TSTypeReference" && isOutside(reading, annotation)) {
    const message = `the type ${textOf(reading.code, annotation)} of the inputs is no object type of this file`;
    refuseSignature(
      reading,
      spanOf(annotation),
      "unknown_type",
      message,
      "write an interface or a type of that name in the same file",
    );
    return none;
  }
  refusePositional(reading, fn, nodes, isTyped);
  return none;
}

function isOutside(reading: TypeReading, annotation: TSTypeReference): boolean {
  const named = lookUpType(reading, { kind: "written", node: annotation, names: new Map() }, annotation);
  return named === null || named.kind === "outside";
}

function refuseUntyped(reading: TypeReading, fn: ExportedFunction, parameter: ObjectParameter): DerivedInputs {
  const message = `nothing says what inputs ${fn.name} takes`;
  const suggestion =
    "take them apart, `({ text, size = 3 })`, with a type behind them, or describe each by `@param {string} inputs.text`";
  refuseSignature(reading, spanOf(parameter.node), "untyped_inputs", message, suggestion);
  return none;
}

function refuseOpen(reading: TypeReading, parameter: ObjectParameter): void {
  const message =
    "the inputs may have names that the type does not tell, and unknown inputs are refused before the call";
  const suggestion = "name each input; what has names of its own can be one input of type Record<string, …>";
  refuseSignature(reading, spanOf(parameter.annotation ?? parameter.node), "open_inputs", message, suggestion);
}
