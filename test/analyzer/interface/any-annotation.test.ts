import fc from "fast-check";
import { expect, test } from "vitest";
import { field as fieldSchema } from "../../../src/contract/template/field.ts";
import { checkValue } from "../../../src/domain/template/value/check-value.ts";
import { imports, quoted, writtenType } from "./arbitrary-type.ts";
import { deriveLast, deriveParameter } from "./derive-last.ts";

test("any type that is written of what is understood becomes the field that it stands for, without a finding", () => {
  fc.assert(
    fc.property(writtenType(), fc.boolean(), ({ text, field, definitions }, isFirst) => {
      // Where a class stands makes no difference.
      const rest = definitions.join("\n");
      const fn = `def f(x: ${text}) -> None: ...\n`;
      const code = isFirst
        ? `${imports}\n${rest}\n${fn}`
        : `from __future__ import annotations\n${imports}\n${fn}\n${rest}`;
      const { interface: derived, findings, parameters } = deriveLast(code);
      expect({ text, findings, field: derived.inputs.x }).toEqual({
        text,
        findings: [],
        field: { ...field, required: true },
      });
      expect(parameters[0]?.annotation).toBe(text);
      expect(fieldSchema.safeParse(field).error).toBeUndefined();
    }),
    { numRuns: 1500 },
  );
});

test("what a function gives is read alike, but for arrays' formats and what may be left out", () => {
  fc.assert(
    fc.property(writtenType(2), ({ text, field, definitions }) => {
      const code = `${imports}\n${definitions.join("\n")}\ndef f() -> list[${text}]: ...\n`;
      const { interface: derived, findings, returns } = deriveLast(code);
      const items = field.type === "any" ? {} : { items: JSON.parse(asOutput(JSON.stringify(field))) };
      expect({ text, findings, outputs: derived.outputs }).toEqual({
        text,
        findings: [],
        outputs: { result: { type: "array", ...items, required: true } },
      });
      expect(returns).toEqual({ annotation: `list[${text}]`, shape: "value", names: ["result"] });
    }),
    { numRuns: 500 },
  );
});

function asOutput(json: string): string {
  return json.replaceAll('"png","jpg","jpeg","zip"]', '"png"]');
}

test("any default that JSON can say becomes the input's default, and one that fits its type is never refused", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), (value) => {
      const said = JSON.parse(JSON.stringify(value).replaceAll("-0,", "0,"));
      const { field, codes } = deriveParameter(`x: object = ${inPython(said)}`);
      expect({ field, codes }).toEqual({ field: { type: "any", default: said }, codes: [] });
      const inferred = deriveParameter(`x = ${inPython(said)}`);
      expect(inferred.codes).toEqual([]);
      if (inferred.field !== undefined) expect(checkValue(inferred.field, said, "")).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

function inPython(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(inPython).join(", ")}]`;
  // An integer beyond 2^53 is only a number of JSON's as a float.
  if (typeof value === "number") {
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
  }
  if (typeof value !== "object") return String(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${quoted(key)}: ${inPython(member)}`)
    .join(", ")}}`;
}
