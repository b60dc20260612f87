import type { Change, ChangeLevel } from "../../../contract/template/comparison.ts";
import type { Field, ObjectField } from "../../../contract/template/field.ts";
import { childPointer } from "../../pointer.ts";
import { checkValue } from "../value/check-value.ts";
import {
  allowsUnknownProperties,
  hasDefault,
  isMarkedRequired,
  requiredProperties,
  takesNull,
} from "../value/field-facts.ts";
import { canonicalText, sameJson } from "../value/json-equality.ts";
import { compareConstraints, type Direction } from "./compare-constraints.ts";
import { comparePresence, type Presence } from "./compare-presence.ts";

/** Callers give inputs, so taking fewer values breaks them; they get outputs, so promising less does. */
export type Side = "input" | "output";

/** A named set of fields: all inputs, all outputs, or the properties of an object. */
export interface Members {
  fields: Record<string, Field>;
  /** Names that must be there; a default may stand in. */
  required: ReadonlySet<string>;
  /** Whether names that are not declared are let through. */
  isOpen: boolean;
}

/** Where a comparison is: its side, the JSON Pointer, and what to call the members and their owner in messages. */
export interface Place {
  side: Side;
  path: string;
  noun: "input" | "output" | "property";
  /** Empty at the top, else `input options: `. */
  owner: string;
}

/** The inputs or outputs of an interface as members. */
export function membersOf(fields: Record<string, Field>): Members {
  const required = Object.entries(fields)
    .filter(([, field]) => isMarkedRequired(field))
    .map(([name]) => name);
  return { fields, required: new Set(required), isOpen: false };
}

/** Differences between two sets of fields, nested ones with their exact pointers. */
export function compareMembers(from: Members, to: Members, place: Place): Change[] {
  const gone = Object.keys(from.fields).filter((name) => !Object.hasOwn(to.fields, name));
  const added = new Map(Object.entries(to.fields).filter(([name]) => !Object.hasOwn(from.fields, name)));
  const changes: Change[] = [];
  for (const name of gone) changes.push(removal(from.fields[name], name, added, place));
  for (const [name, field] of added) changes.push(addition(from, to, name, field, place));
  for (const [name, field] of Object.entries(to.fields)) {
    const before = Object.hasOwn(from.fields, name) ? from.fields[name] : undefined;
    if (before === undefined) continue;
    const label = `${place.owner}${place.noun} ${name}`;
    const presence = { from: presenceOf(from, name, before), to: presenceOf(to, name, field) };
    changes.push(...compareField(before, field, presence, { ...place, path: childPointer(place.path, name) }, label));
  }
  return changes;
}

function presenceOf(members: Members, name: string, field: Field): Presence {
  return { isRequired: members.required.has(name), hasDefault: hasDefault(field) };
}

/** A removed member; where a new one has the same shape, it was most likely renamed, which breaks callers as much. */
function removal(field: Field | undefined, name: string, added: Map<string, Field>, place: Place): Change {
  const path = childPointer(place.path, name);
  const label = `${place.owner}${place.noun} ${name}`;
  const shape = shapeOf(field);
  for (const [newName, newField] of added) {
    if (shapeOf(newField) !== shape) continue;
    // Told once, as a rename: not as an addition too.
    added.delete(newName);
    const message = `${label} is gone; ${newName} has the same shape, so it was renamed: keep ${name}, or add ${newName} beside it`;
    return { level: "breaking", code: `${place.noun}_renamed`, path, message, from: name, to: newName };
  }
  const message = `${label} was removed`;
  return { level: "breaking", code: `${place.noun}_removed`, path, message, from: field ?? null, to: null };
}

function addition(from: Members, to: Members, name: string, field: Field, place: Place): Change {
  const path = childPointer(place.path, name);
  const label = `${place.owner}${place.noun} ${name}`;
  const said = { path, from: null, to: field };
  if (place.side === "input") {
    if (to.required.has(name) && !hasDefault(field)) {
      const message = `${label} is new and required: give it a default or make it optional`;
      return { ...said, level: "breaking", code: `required_${place.noun}_added`, message };
    }
    if (from.isOpen) {
      const message = `${label} is declared now; any value was let through before`;
      return { ...said, level: "breaking", code: `${place.noun}_declared`, message };
    }
  }
  return { ...said, level: "minor", code: `${place.noun}_added`, message: `${label} was added` };
}

/** The field without its words. */
function shapeOf(field: Field | undefined): string {
  return canonicalText({ ...field, description: undefined });
}

function compareField(
  from: Field,
  to: Field,
  presence: { from: Presence; to: Presence } | null,
  place: Place,
  label: string,
): Change[] {
  const { side, path } = place;
  if (from.type !== to.type) {
    const change = typeChange(from, to, place, label);
    // Of another type altogether, nothing else can be compared.
    if (change.level === "breaking" || presence === null) return [change];
    return [change, ...comparePresence(presence, { from, to }, side, path, label)];
  }
  const changes = [
    ...(presence === null ? [] : comparePresence(presence, { from, to }, side, path, label)),
    ...compareNullable(from, to, side, path, label),
    ...compareOwnConstraints(from, to, side, path, label),
  ];
  if (from.type === "array" && to.type === "array") changes.push(...compareItems(from.items, to.items, place, label));
  if (from.type === "object" && to.type === "object") changes.push(...compareObjects(from, to, place, label));
  if ((from.description ?? null) !== (to.description ?? null)) {
    const said = { path: childPointer(path, "description"), message: `${label}: description changed` };
    changes.push({
      ...said,
      level: "patch",
      code: "description_changed",
      from: from.description ?? null,
      to: to.description ?? null,
    });
  }
  // Something differs, yet nothing in effect: `nullable: false` written out, an enum in another order.
  if (changes.length === 0 && !sameJson(from, to))
    changes.push({
      level: "patch",
      code: "restated",
      path,
      message: `${label}: written differently, same meaning`,
      from,
      to,
    });
  return changes;
}

/** Every value is one of `any`: callers may go on giving what they gave, and readers get no more than they were ready for. */
function typeChange(from: Field, to: Field, place: Place, label: string): Change {
  const message = `${label}: type changed from ${from.type} to ${to.type}`;
  const level = (place.side === "input" ? to : from).type === "any" ? "minor" : "breaking";
  const path = childPointer(place.path, "type");
  return { level, code: "type_changed", path, message, from: from.type, to: to.type };
}

function compareNullable(from: Field, to: Field, side: Side, path: string, label: string): Change[] {
  const was = takesNull(from);
  const is = takesNull(to);
  if (was === is) return [];
  const level: ChangeLevel = side === "input" ? (is ? "minor" : "breaking") : is ? "breaking" : "patch";
  const message = `${label}: ${is ? "may be null now" : "may no longer be null"}`;
  const code = is ? "nullable_added" : "nullable_removed";
  return [{ level, code, path: childPointer(path, "nullable"), message, from: was, to: is }];
}

function compareOwnConstraints(from: Field, to: Field, side: Side, path: string, label: string): Change[] {
  const keepsAll = side === "input" && acceptsAllChoices(from, to);
  return compareConstraints(from, to).map(({ key, direction, verb, from: before, to: after }) => ({
    level: keepsAll ? "minor" : levelOf[side][direction],
    code: `${key}_${verb}`,
    path: childPointer(path, key),
    message: `${label}: ${key} ${verb}${span(before, after)}`,
    from: before,
    to: after,
  }));
}

/** The values of a constraint before and after, where they are short enough to read. */
function span(before: unknown, after: unknown): string {
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  if (was.length + is.length > 200) return "";
  if (before === null) return `: ${is}`;
  return after === null ? `, was ${was}` : ` from ${was} to ${is}`;
}

const levelOf = {
  input: { tightened: "breaking", changed: "breaking", loosened: "minor" },
  output: { tightened: "patch", changed: "minor", loosened: "minor" },
} as const satisfies Record<Side, Record<Direction, ChangeLevel>>;

/** An enum names every value there was; when the new field takes them all, as bounds in its place may, nothing is lost. */
function acceptsAllChoices(from: Field, to: Field): boolean {
  if (!("enum" in from) || from.enum === undefined) return false;
  return from.enum.every((value) => checkValue(to, value, "").length === 0);
}

function compareItems(was: Field | undefined, is: Field | undefined, place: Place, label: string): Change[] {
  const [from, to] = [typed(was), typed(is)];
  const path = childPointer(place.path, "items");
  if (from !== undefined && to !== undefined)
    return compareField(from, to, null, { ...place, path }, `${label}: items`);
  if (from === undefined && to === undefined) return [];
  const isTighter = to !== undefined;
  // Items that were promised a type and no longer are is as bad for readers as another type.
  const level: ChangeLevel = (place.side === "input") === isTighter ? "breaking" : "minor";
  const message = isTighter ? `${label}: items are typed now` : `${label}: items are no longer typed`;
  return [
    { level, code: isTighter ? "items_added" : "items_removed", path, message, from: from ?? null, to: to ?? null },
  ];
}

/** Items of type any are items that no type is said of. */
function typed(items: Field | undefined): Field | undefined {
  return items?.type === "any" ? undefined : items;
}

function compareObjects(from: ObjectField, to: ObjectField, place: Place, label: string): Change[] {
  const before: Members = propertiesOf(from);
  const after: Members = propertiesOf(to);
  const inside: Place = {
    ...place,
    path: childPointer(place.path, "properties"),
    noun: "property",
    owner: `${label}: `,
  };
  const changes = compareMembers(before, after, inside);
  if (before.isOpen !== after.isOpen) {
    const level = levelOf[place.side][after.isOpen ? "loosened" : "tightened"];
    const message = `${label}: properties that are not named are ${after.isOpen ? "let through" : "refused"} now`;
    const code = after.isOpen ? "additional_properties_opened" : "additional_properties_closed";
    const path = childPointer(place.path, "additional_properties");
    changes.push({ level, code, path, message, from: before.isOpen, to: after.isOpen });
  }
  return [...changes, ...compareUndeclared(before, after, place, label)];
}

/** Names that `required` lists and `properties` does not have: possible where an object is open. */
function compareUndeclared(from: Members, to: Members, place: Place, label: string): Change[] {
  const path = childPointer(place.path, "required");
  const undeclared = (members: Members) => [...members.required].filter((name) => !Object.hasOwn(members.fields, name));
  const level = (isTighter: boolean): ChangeLevel => ((place.side === "input") === isTighter ? "breaking" : "minor");
  const said = { path, from: [...from.required], to: [...to.required] };
  const isNew = (name: string) => !from.required.has(name) || standsIn(from, name);
  return [
    ...undeclared(to)
      .filter(isNew)
      .map((name) => ({
        ...said,
        level: level(true),
        code: "made_required",
        message: `${label}: ${name} is required now`,
      })),
    ...undeclared(from)
      .filter((name) => !to.required.has(name))
      .map((name) => ({
        ...said,
        level: level(false),
        code: "made_optional",
        message: `${label}: ${name} is optional now`,
      })),
  ];
}

function standsIn(members: Members, name: string): boolean {
  const field = Object.hasOwn(members.fields, name) ? members.fields[name] : undefined;
  return field !== undefined && hasDefault(field);
}

function propertiesOf(field: ObjectField): Members {
  return {
    fields: field.properties ?? {},
    required: new Set(requiredProperties(field)),
    isOpen: allowsUnknownProperties(field),
  };
}
