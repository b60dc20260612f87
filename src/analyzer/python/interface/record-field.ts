import { type Field, fieldName } from "../../../contract/template/field.ts";
import { quote } from "../../../domain/template/value/show-value.ts";
import type { Span } from "../../finding.ts";
import type { Expression } from "../syntax/expression.ts";
import { applyConstraints, readKeywords, withDescription } from "./apply-constraints.ts";
import { valueOfEmpty } from "./evaluate-default.ts";
import { outsidePath } from "./find-meaning.ts";
import { formOf, type RecordMember, type RecordShape } from "./read-record.ts";
import { anything, spendOnText, type TypeReading, warnOf } from "./type-reading.ts";
import { withDefault, withEvaluated } from "./with-default.ts";

/** A record as an object, a property for each of its members; `texts` describe them by name. */
export function recordField(
  reading: TypeReading,
  shape: RecordShape,
  texts: Readonly<Record<string, string>>,
  span: Span,
): Extract<Field, { type: "object" }> {
  const properties: [string, Field][] = [];
  let isOpen = shape.isOpen;
  for (const member of shape.members) {
    const read = memberField(reading, member);
    if (read === null) continue;
    if (fieldName.safeParse(read.name).success) {
      const property = withText(read.field, ownText(texts, member.name));
      spendOnText(reading, property.description?.length ?? 0);
      properties.push([read.name, property]);
      continue;
    }
    isOpen = true;
    const message = `${quote(read.name)} can name no property: callers may give it, and nothing is said of it`;
    warnOf(reading, member.annotation ?? span, "illegal_field", message, "use letters, digits and _ (64 at most)");
  }
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(isOpen ? { additional_properties: true } : {}),
  };
}

function ownText(texts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

/** What the field says of itself goes before what the class's docstring says. */
function withText(field: Field, text: string | undefined): Field {
  return field.description === undefined ? withDescription(field, text) : field;
}

interface ReadMember {
  name: string;
  field: Field;
}

/** A member by the name that it has in JSON; null when this side does not have it. */
function memberField(reading: TypeReading, member: RecordMember): ReadMember | null {
  const { name, annotation } = member;
  reading.budget.left -= 1;
  const isInput = reading.side === "input";
  if (!isInput && annotation !== null && formOf(reading.module, annotation) === "dataclasses.InitVar") return null;
  const inside = { ...reading, depth: reading.depth + 1, path: `${reading.path}/${name}` };
  const field = (annotation === null ? null : reading.derive(inside, annotation)) ?? anything;
  const call = specifierOf(reading, member.default);
  if (call === null) {
    const isMissing = member.mayBeMissing && { ...field, required: false };
    return { name, field: isMissing || finish(inside, field, member.default) };
  }
  const keywords = readKeywords(inside, call);
  if (isInput && keywords.get("init")?.value === false) return null;
  const constrained = applyConstraints(inside, field, keywords);
  const alias = keywords.get("validation_alias")?.value ?? keywords.get("alias")?.value;
  return {
    name: isInput && typeof alias === "string" ? alias : name,
    field: finishSpecified(inside, constrained, call),
  };
}

/** What a function gives back is all there; what it takes may have a default. */
function finish(reading: TypeReading, field: Field, written: Expression | null): Field {
  return reading.side === "input" ? withDefault(reading, field, written) : { ...field, required: true };
}

type Call = Extract<Expression, { type: "call" }>;

/** `field(…)` of dataclasses or `Field(…)` of pydantic. */
function specifierOf(reading: TypeReading, written: Expression | null): Call | null {
  if (written?.type !== "call") return null;
  const path = outsidePath(reading.module, written.callee);
  return path === "dataclasses.field" || path === "pydantic.Field" ? written : null;
}

function finishSpecified(reading: TypeReading, field: Field, call: Call): Field {
  const keyword = (key: string) => call.keywords.find(({ name }) => name === key)?.value;
  const written = keyword("default") ?? call.args[0] ?? null;
  if (written !== null) return finish(reading, field, written.type === "ellipsis" ? null : written);
  const factory = keyword("default_factory");
  if (factory === undefined || reading.side === "output") return finish(reading, field, null);
  const read = valueOfEmpty(outsidePath(reading.module, factory) ?? "");
  return withEvaluated(reading, field, factory, read);
}
