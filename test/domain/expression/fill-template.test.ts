import { expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import type { JsonMap, JsonValue } from "../../../src/domain/document/json-value.ts";
import { evaluateCondition } from "../../../src/domain/expression/evaluate-condition.ts";
import { fillTemplate } from "../../../src/domain/expression/fill-template.ts";
import { readTemplate } from "../../../src/domain/expression/read-template.ts";

const scope: JsonMap = { n: 1, f: 1.5, s: "x", list: [1, "y"], none: null, map: { k: true } };

test.each<[JsonValue, JsonValue]>([
  ["{{ n }}", 1],
  ["{{n}}", 1],
  [" {{ list }}\n", [1, "y"]],
  ["{{ none }}", null],
  [
    "n={{ n }} f={{ f }} s={{ s }} list={{ list }} none={{ none }} map={{ map }}",
    'n=1 f=1.5 s=x list=[1,"y"] none=null map={"k":true}',
  ],
  ["{{ n }}{{ n }}", "11"],
  ['{{ {"a": {"b": n}} }}', { a: { b: 1 } }],
  ['{{{"a": {"b": n}}}}', { a: { b: 1 } }],
  ['{{ "}}" + s }}', "}}x"],
  ["{{ '{{' }} and }}", "{{ and }}"],
  ["no braces } }} {", "no braces } }} {"],
  ["", ""],
  [
    { "{{ n }}": ["{{ n }}", 2, { deep: "{{ s }}!" }], keep: false },
    { "{{ n }}": [1, 2, { deep: "x!" }], keep: false },
  ],
])("%j becomes %j", (value, filled) => {
  expect(fillTemplate(value, scope)).toEqual({ ok: true, value: filled });
});

test.each([
  ["{{ n", "", 'this {{ has no }}; a text with braces is written {{ "{{" }}'],
  [{ a: ["x", "{{ zz }}"] }, "/a/1", "{{ zz }}: there is no zz here"],
  [{ "a/b": "{{ n + }}" }, "/a~1b", "{{ n + }}: the expression cannot be read from here on: +"],
  ["{{ }}", "", "{{  }}: the expression is empty"],
])("%j is refused with its place", (value, path, message) => {
  expect(fillTemplate(value, scope)).toEqual({ ok: false, failure: { path, message } });
});

test("a key called __proto__ stays a key", () => {
  const filled = fillTemplate(JSON.parse('{"__proto__": "{{ n }}"}'), scope);
  expect(JSON.stringify(filled)).toBe('{"ok":true,"value":{"__proto__":1}}');
});

test("many expressions together give no more than one value may have", () => {
  const large = { text: "a".repeat(limits.valueBytes / 2 - 10) };
  expect(fillTemplate(["{{ text }}", "{{ text }}"], large).ok).toBe(true);
  expect(fillTemplate(["{{ text }}", "{{ text }}", "{{ text }}"], large)).toMatchObject({
    ok: false,
    failure: { path: "/2" },
  });
});

test("places of expressions count in the whole string", () => {
  expect(readTemplate("a {{  b }} c {{d")).toEqual({
    isExpression: false,
    parts: ["a ", { text: "b", at: 6 }, " c ", "{{d"],
    issues: [{ message: 'this {{ has no }}; a text with braces is written {{ "{{" }}', at: 13 }],
  });
});

test.each([
  ["n == 1", true],
  ["{{ n == 2 }}", false],
  ["  !map.k ", false],
  ["n", "1 at 0: a condition is true or false, and this one gives the number 1"],
  ["{{ s }}", '3: a condition is true or false, and this one gives the string "x"'],
  ["{{ n }} == 1", "3: a condition is one expression: put all of it into the braces, or leave them out"],
  ["{{ n == zz }}", "8: there is no zz here"],
  ["", "0: the expression is empty"],
])("the condition %j is %j", (text, expected) => {
  const result = evaluateCondition(text, scope);
  if (typeof expected === "boolean") expect(result).toEqual({ ok: true, value: expected });
  else
    expect(result.ok ? result.value : `${result.failure.at}: ${result.failure.message}`).toBe(
      expected.replace("1 at ", ""),
    );
});
