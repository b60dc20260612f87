import type { TSType } from "@babel/types";
import type { Returns } from "../../../contract/function/signature.ts";
import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import { jsdocNames } from "../docs/jsdoc-names.ts";
import { parseTypeText } from "../docs/parse-type-text.ts";
import type { ExportedFunction } from "../exports/find-exports.ts";
import { textOf } from "../syntax/nodes.ts";
import { withDescription } from "../types/apply-tags.ts";
import { lookUpType } from "../types/lookup-type.ts";
import { memberField } from "../types/member-field.ts";
import { isLegalName } from "../types/object-field.ts";
import {
  anything,
  type Derived,
  type Properties,
  type Type,
  type TypeReading,
  warnOf,
  written,
} from "../types/type-reading.ts";
import { returnsValue } from "./returns-value.ts";

/** What a function gives back. */
export interface DerivedOutputs {
  fields: [string, Field][];
  returns: Returns;
}

/** The outputs of a function: by the type that it returns, else by its JSDoc; an object's properties are an output each. */
export function deriveOutputs(reading: TypeReading, fn: ExportedFunction, declared: TSType | null): DerivedOutputs {
  const tag = fn.docs?.tags.find((one) => one.tag === "returns" || one.tag === "return");
  const annotated = fn.node.returnType?.type === "TSTypeAnnotation" ? fn.node.returnType.typeAnnotation : declared;
  const told = tag === undefined ? null : parseTypeText(tag);
  const toldNode = told?.node ?? null;
  const text = tag === undefined || tag.rest === "" ? null : tag.rest;
  if (annotated !== null) {
    return outputsOf(reading, written(annotated), text, textOf(reading.code, annotated), false);
  }
  if (toldNode !== null) {
    return outputsOf(reading, written(toldNode, jsdocNames), text, told?.text ?? null, told?.isNullable === true);
  }
  if (!returnsValue(fn.node)) return nothing(null);
  const message = `${fn.name} does not say what it returns: its output \`result\` is any value`;
  const suggestion = "write the type it returns, or describe it by `@returns {…}`";
  warnOf(reading, fn.nameSpan, "unknown_type", message, suggestion);
  return value({ field: anything, isNullable: false, isOptional: false }, text, null);
}

function nothing(annotation: string | null): DerivedOutputs {
  return { fields: [], returns: { annotation, shape: "nothing", names: [] } };
}

function outputsOf(
  reading: TypeReading,
  type: Type,
  text: string | null,
  annotation: string | null,
  isNullable: boolean,
): DerivedOutputs {
  const awaited = unwrapPromise(reading, type);
  const properties = isNullable ? null : reading.properties(reading, awaited);
  if (properties !== null && fits(properties)) {
    const fields = properties.members.map((member): [string, Field] => [
      member.name,
      memberField({ ...reading, path: `${reading.path}/returns/${member.name}` }, member),
    ]);
    return { fields, returns: { annotation, shape: "fields", names: fields.map(([name]) => name) } };
  }
  const derived = reading.derive({ ...reading, path: `${reading.path}/returns` }, awaited);
  if (derived.field === null && !derived.isNullable && !isNullable) return nothing(annotation);
  return value({ ...derived, isNullable: derived.isNullable || isNullable }, text, annotation);
}

/** Whether each property can be an output of its own; else the object is one. */
function fits({ members, isOpen }: Properties): boolean {
  return (
    !isOpen &&
    members.length > 0 &&
    members.length <= limits.outputsPerRun &&
    members.every(({ name }) => isLegalName(name))
  );
}

function value(
  { field, isNullable, isOptional }: Derived,
  text: string | null,
  annotation: string | null,
): DerivedOutputs {
  const base = field ?? anything;
  const result: Field = {
    ...base,
    ...(isNullable && base.type !== "any" ? { nullable: true } : {}),
    // What may be anything may be undefined, and then JSON has no output.
    required: !isOptional && base.type !== "any",
  };
  return {
    fields: [["result", withDescription(result, text)]],
    returns: { annotation, shape: "value", names: ["result"] },
  };
}

/** What a promise is of; a promise of a promise is one promise. */
function unwrapPromise(reading: TypeReading, type: Type): Type {
  let inner = type;
  for (let step = 0; step < longestChain && inner.kind === "written"; step += 1) {
    if (inner.node.type === "TSParenthesizedType") {
      inner = written(inner.node.typeAnnotation, inner.names);
      continue;
    }
    if (inner.node.type !== "TSTypeReference") break;
    const named = lookUpType(reading, inner, inner.node);
    const promised = promisedBy(named);
    if (promised === null) break;
    inner = promised;
  }
  return inner;
}

const longestChain = 32;

/** The type inside `Promise<…>`, also where an alias stands for a promise. */
function promisedBy(named: ReturnType<typeof lookUpType>): Type | null {
  if (named?.kind === "outside") {
    const isPromise = named.name === "Promise" || named.name === "PromiseLike" || named.name === "Awaited";
    return isPromise ? (named.args[0] ?? null) : null;
  }
  if (named?.kind !== "type" || named.isInteger || named.type.kind !== "written") return null;
  const { node } = named.type;
  const isPromise =
    node.type === "TSTypeReference" &&
    node.typeName.type === "Identifier" &&
    /^Promise(Like)?$/.test(node.typeName.name);
  return isPromise ? named.type : null;
}
