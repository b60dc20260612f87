import type { Field } from "../../../contract/template/field.ts";
import { jsonOfText } from "../docs/json-of-text.ts";
import { applyTags, withDescription } from "./apply-tags.ts";
import { anything, type Member, spendOnText, type TypeReading } from "./type-reading.ts";
import { withDefault } from "./with-default.ts";

/** A property as a field, with what its comment says of it and whether it must be there. */
export function memberField(reading: TypeReading, member: Member): Field {
  const { docs, text, span } = member;
  const derived = reading.derive(reading, member.type);
  const isNullable = derived.isNullable || member.isNullable;
  const base = derived.field ?? anything;
  const field = applyTags(reading, isNullable && base.type !== "any" ? { ...base, nullable: true } : base, docs);
  const words =
    docs === null ? text : [docs.summary, docs.description].filter((part) => part !== null).join("\n\n") || text;
  const described = withDescription(field, words);
  spendOnText(reading, described.description?.length ?? 0);
  const isOptional = member.isOptional || derived.isOptional;
  // What may be anything may be undefined, and then JSON has no output.
  if (reading.side === "output") return { ...described, required: !isOptional && described.type !== "any" };
  const told = member.defaultText ?? docs?.tags.find(({ tag }) => tag === "default")?.rest;
  const given = told === undefined ? undefined : jsonOfText(told);
  if (given === undefined) return { ...described, required: !isOptional };
  return withDefault(reading, described, given, span);
}
