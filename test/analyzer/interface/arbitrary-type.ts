import fc from "fast-check";
import type { Field } from "../../../src/contract/template/field.ts";

/** A type as Python writes it, the field that it must become, and the classes and aliases that it needs. */
export interface WrittenType {
  text: string;
  field: Field;
  definitions: readonly string[];
}

/** What every generated source begins with. */
export const imports = `import datetime
import typing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Dict, Final, List, Literal, NamedTuple, Optional, Set, Tuple, TypedDict, Union

import numpy as np
`;

const arrayFormats = ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"];

const leaf: fc.Arbitrary<WrittenType> = fc
  .constantFrom<[string, Field]>(
    ["str", { type: "string" }],
    ["int", { type: "integer" }],
    ["float", { type: "float" }],
    ["bool", { type: "boolean" }],
    ["Any", { type: "any" }],
    ["typing.Any", { type: "any" }],
    ["datetime.date", { type: "string", format: "date" }],
    ["Path", { type: "file" }],
    ["np.ndarray", { type: "file", format: arrayFormats }],
    ["list", { type: "array" }],
    ["dict", { type: "object", additional_properties: true }],
  )
  .map(([text, field]) => ({ text, field, definitions: [] }));

const texts = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom("a", "Z", " ", "é", "😀", "]", ",", "'", '"', "\\", "#") }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const numbers = fc.uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 4 });

const literal: fc.Arbitrary<WrittenType> = fc.oneof(
  texts.map((values): WrittenType => {
    return {
      text: `Literal[${values.map(quoted).join(", ")}]`,
      field: { type: "string", enum: values },
      definitions: [],
    };
  }),
  numbers.map((values): WrittenType => {
    return { text: `Literal[${values.join(", ")}]`, field: { type: "integer", enum: values }, definitions: [] };
  }),
);

let classes = 0;
/** A name that no other definition has. */
function newName(): string {
  classes += 1;
  return `Class${classes}`;
}

const enumeration: fc.Arbitrary<WrittenType> = fc.oneof(
  texts.map((values) => enumOf(values.map(quoted), { type: "string", enum: values })),
  numbers.map((values) => enumOf(values.map(String), { type: "integer", enum: values })),
  numbers.map((values) =>
    enumOf(
      values.map((value) => `(${value},)`),
      { type: "string", enum: values.map((_, at) => `M${at}`) },
    ),
  ),
);

function enumOf(values: readonly string[], field: Field): WrittenType {
  const name = newName();
  const members = values.map((value, at) => `    M${at} = ${value}\n`).join("");
  return { text: name, field, definitions: [`class ${name}(Enum):\n${members}`] };
}

/** A type of at most so many levels; what contains files only where a field can say so. */
export function writtenType(depth = 3): fc.Arbitrary<WrittenType> {
  const leaves = [
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: literal },
    { weight: 2, arbitrary: enumeration },
  ];
  if (depth === 0) return fc.oneof(...leaves);
  const inner = writtenType(depth - 1);
  return fc.oneof(
    ...leaves,
    { weight: 3, arbitrary: fc.tuple(inner, fc.constantFrom(0, 1, 2, 3)).map(([of, form]) => optional(of, form)) },
    { weight: 3, arbitrary: fc.tuple(inner, fc.constantFrom("list", "List")).map(([of, name]) => listOf(of, name)) },
    { weight: 1, arbitrary: inner.map((of) => listOf(of, "set", { unique_items: true })) },
    { weight: 1, arbitrary: fc.tuple(inner, fc.integer({ min: 1, max: 3 })).map(([of, count]) => tupleOf(of, count)) },
    { weight: 1, arbitrary: inner.map((of) => ({ ...listOf(of, "list"), text: `Tuple[${of.text}, ...]` })) },
    { weight: 1, arbitrary: inner.map((of) => around(of, `Final[${of.text}]`)) },
    { weight: 1, arbitrary: inner.map((of) => around(of, quoted(of.text))) },
    { weight: 1, arbitrary: inner.map((of) => described(of)) },
    { weight: 1, arbitrary: inner.map((of) => aliased(of)) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.array(inner, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 1, 2))
        .map(([of, form]) => record(of, form)),
    },
  );
}

/** A Python string: JSON's escapes are Python's too. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function around(of: WrittenType, text: string): WrittenType {
  return { ...of, text };
}

function optional(of: WrittenType, form: number): WrittenType {
  const field: Field = of.field.type === "any" ? of.field : { ...of.field, nullable: true };
  // `"X" | None` is no Python: a string has no |.
  const bare = of.text.startsWith('"') ? `Final[${of.text}]` : of.text;
  const forms = [`Optional[${of.text}]`, `Union[${of.text}, None]`, `${bare} | None`, `None | ${bare}`];
  return { ...of, text: forms[form] ?? "", field };
}

function itemsOf(of: WrittenType): { items?: Field } {
  return of.field.type === "any" ? {} : { items: of.field };
}

function listOf(of: WrittenType, name: string, more: { unique_items?: boolean } = {}): WrittenType {
  return { ...of, text: `${name}[${of.text}]`, field: { type: "array", ...itemsOf(of), ...more } };
}

function tupleOf(of: WrittenType, count: number): WrittenType {
  const field: Field = { type: "array", ...itemsOf(of), min_items: count, max_items: count };
  return { ...of, text: `tuple[${Array.from({ length: count }, () => of.text).join(", ")}]`, field };
}

function described(of: WrittenType): WrittenType {
  return { ...of, text: `Annotated[${of.text}, "Words."]`, field: { ...of.field, description: "Words." } };
}

function aliased(of: WrittenType): WrittenType {
  const name = newName();
  return { text: name, field: of.field, definitions: [...of.definitions, `${name} = ${of.text}\n`] };
}

function record(of: readonly WrittenType[], form: number): WrittenType {
  const name = newName();
  const head = [`@dataclass\nclass ${name}:`, `class ${name}(TypedDict):`, `class ${name}(NamedTuple):`][form] ?? "";
  const body = of.map((one, at) => `    f${at}: ${one.text}\n`).join("");
  return {
    text: name,
    field: {
      type: "object",
      properties: Object.fromEntries(of.map((one, at) => [`f${at}`, { ...one.field, required: true }])),
    },
    definitions: [...of.flatMap((one) => one.definitions), `${head}\n${body}`],
  };
}
