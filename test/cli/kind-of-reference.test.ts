import { expect, test } from "vitest";
import { CommandRefusal } from "../../src/cli/command-refusal.ts";
import { kindOfReference } from "../../src/cli/kind-of-reference.ts";

test.each([
  ["image_resize", "template", "image_resize"],
  ["image_resize@1.2.3", "template", "image_resize@1.2.3"],
  ["image_resize@^1.2", "template", "image_resize@^1.2"],
  ["numpy.sharpen", "function", "numpy.sharpen"],
  ["numpy.sharpen@stable", "function", "numpy.sharpen@stable"],
  ["numpy.sharpen@>=1.0 <2.0", "function", "numpy.sharpen@>=1.0 <2.0"],
  ["function/numpy.sharpen@^1", "function", "numpy.sharpen@^1"],
  ["function/sharpen", "function", "sharpen"],
  ["template/image_resize", "template", "image_resize"],
  ["..", "function", ".."],
])("%s means a %s", (text, kind, reference) => {
  expect(kindOfReference(text)).toMatchObject({ kind, reference, routes: { of: { kind } } });
});

test.each(["workflow/plan", "agent/planner", "functions/numpy.sharpen"])(
  "%s is refused with the kinds there are",
  (text) => {
    expect(() => kindOfReference(text)).toThrow(CommandRefusal);
    expect(() => kindOfReference(text)).toThrow("template or function");
  },
);
