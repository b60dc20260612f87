import { expect, test } from "vitest";
import { chooseFunctions } from "../../../src/domain/function/choose-functions.ts";
import { aFunction } from "./a-source-draft.ts";

const add = aFunction("numpy.add");
const sub = aFunction("numpy.sub");

test("a request that names no function means all of them", () => {
  expect(chooseFunctions([add, sub], undefined)).toEqual({ ok: true, value: [add, sub] });
});

test("a request that names functions means those and no others", () => {
  expect(chooseFunctions([add, sub], { "numpy.sub": "1.2.0" })).toEqual({ ok: true, value: [sub] });
});

test.each([
  [{ "numpy.subb": "1.0.0" }, "the source publishes no function numpy.subb", "did you mean numpy.sub?"],
  [
    { "numpy.add": "1.0.0", "torch.other": "1.0.0" },
    "publishes no function torch.other",
    "name functions of the source",
  ],
  [{}, "no function is asked for; it publishes numpy.add, numpy.sub", "name functions of the source, or none"],
])("%j is refused", (versions, message, suggestion) => {
  expect(chooseFunctions([add, sub], versions)).toMatchObject({
    ok: false,
    failure: [
      {
        code: "unknown_function",
        message: expect.stringContaining(message),
        suggestion: expect.stringContaining(suggestion),
      },
    ],
  });
});
