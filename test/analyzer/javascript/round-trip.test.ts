import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "./analyze.ts";
import { arbitraryProperty, arbitraryType, type PropertyWithField } from "./arbitrary-type.ts";

const properties = fc.uniqueArray(arbitraryProperty(arbitraryType), {
  selector: ({ name }) => name,
  minLength: 1,
  maxLength: 6,
});

describe("an interface that was written as TypeScript", () => {
  test("is derived as it was: the inputs, by a type, an interface or behind the names that are taken", () => {
    const form = fc.constantFrom("inline", "alias", "interface", "whole", "arrow");
    fc.assert(
      fc.property(properties, form, (made, how) => {
        const { fn, issues } = derive(made, how);
        expect(issues).toEqual([]);
        expect(fn?.interface.inputs).toEqual(fieldsOf(made));
        expect(Object.keys(fn?.interface.inputs ?? {})).toEqual(made.map(({ name }) => name));
        expect(fn?.parameters.map(({ name, required }) => [name, required])).toEqual(
          made.map(({ name, field }) => [name, field.required]),
        );
      }),
    );
  });

  test("is derived as it was: the outputs, also behind a promise", () => {
    fc.assert(
      fc.property(properties, fc.boolean(), (made, isPromise) => {
        const type = `{ ${made.map(({ text }) => text).join("; ")} }`;
        const source = `${definitions(made)}\nexport function f(): ${isPromise ? `Promise<${type}>` : type} {}`;
        const { functions, issues } = analyze(source);
        expect(issues).toEqual([]);
        expect(functions[0]?.interface.outputs).toEqual(asOutputs(fieldsOf(made)));
        expect(functions[0]?.returns.names).toEqual(made.map(({ name }) => name));
      }),
    );
  });
});

function derive(
  made: readonly PropertyWithField[],
  how: string,
): Pick<ReturnType<typeof analyze>, "issues"> & { fn: ReturnType<typeof analyze>["functions"][number] | undefined } {
  const type = `{ ${made.map(({ text }) => text).join("; ")} }`;
  const taken = `{ ${made.map(({ name }) => name).join(", ")} }`;
  const source: Record<string, string> = {
    inline: `export function f(${taken}: ${type}): void {}`,
    alias: `type Inputs = ${type};\nexport async function f(${taken}: Inputs): Promise<void> {}`,
    interface: `interface Inputs ${type}\nexport default function f(${taken}: Readonly<Inputs>): void {}`,
    whole: `export function f(inputs: ${type}): void {}`,
    arrow: `type F = (inputs: ${type}) => void;\nconst f: F = (${taken}) => {};\nexport { f };`,
  };
  const { functions, issues } = analyze(`${definitions(made)}\n${source[how] ?? ""}`);
  return { fn: functions[0], issues };
}

function definitions(made: readonly PropertyWithField[]): string {
  return [...new Set(made.flatMap((one) => one.definitions))].join("\n");
}

function fieldsOf(made: readonly PropertyWithField[]): Record<string, PropertyWithField["field"]> {
  return Object.fromEntries(made.map(({ name, field }) => [name, field]));
}

/** What may be anything may be undefined: as an output it need not be there, however deep it lies. */
function asOutputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asOutputs);
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, asOutputs(one)]);
  const made: Record<string, unknown> = Object.fromEntries(inner);
  return made.type === "any" && made.required === true ? { ...made, required: false } : made;
}
