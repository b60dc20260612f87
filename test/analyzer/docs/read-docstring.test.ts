import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocstring } from "../../../src/analyzer/docs/read-docstring.ts";
import type { Docstring } from "../../../src/contract/function/analysis.ts";

const google = `Sharpen a stack
    by an unsharp mask.

    It keeps the type of the pixels.

    Args:
        image: The stack (C, Y, X).
        sigma (float, optional): Width of the blur,
            in pixels.
        a, b: Both bounds.
        *rest: Ignored.

    Returns:
        The sharpened stack, as it came.

    Raises:
        ValueError: When sigma is negative.

    Examples:
        sharpen(stack)
    `;

const numpy = `
    Sharpen a stack by an unsharp mask.

    It keeps the type of the pixels.

    Parameters
    ----------
    image : np.ndarray
        The stack (C, Y, X).
    sigma : float, optional
        Width of the blur,
        in pixels.
    a, b : int
        Both bounds.

    Returns
    -------
    sharpened : np.ndarray
        The sharpened stack.
    mean : float
        Its mean.

    Notes
    -----
    Slow.
    `;

const rest = `Sharpen a stack by an unsharp mask.

    It keeps the type of the pixels.

    :param image: The stack (C, Y, X).
    :param float sigma: Width of the blur,
        in pixels.
    :type sigma: float
    :returns: The sharpened
        stack.
    :rtype: np.ndarray
    :raises ValueError: When sigma is negative.
    `;

describe("the three styles are read alike", () => {
  test("Google's", () => {
    expect(readDocstring(google)).toEqual({
      summary: "Sharpen a stack by an unsharp mask.",
      description: "It keeps the type of the pixels.\n\nExamples:\n    sharpen(stack)",
      args: {
        image: "The stack (C, Y, X).",
        sigma: "Width of the blur, in pixels.",
        a: "Both bounds.",
        b: "Both bounds.",
        rest: "Ignored.",
      },
      returns: [{ name: null, text: "The sharpened stack, as it came." }],
    } satisfies Docstring);
  });

  test("NumPy's", () => {
    expect(readDocstring(numpy)).toEqual({
      summary: "Sharpen a stack by an unsharp mask.",
      description: "It keeps the type of the pixels.\n\nNotes\n-----\nSlow.",
      args: {
        image: "The stack (C, Y, X).",
        sigma: "Width of the blur, in pixels.",
        a: "Both bounds.",
        b: "Both bounds.",
      },
      returns: [
        { name: "sharpened", text: "The sharpened stack." },
        { name: "mean", text: "Its mean." },
      ],
    } satisfies Docstring);
  });

  test("reST's", () => {
    expect(readDocstring(rest)).toEqual({
      summary: "Sharpen a stack by an unsharp mask.",
      description: "It keeps the type of the pixels.",
      args: { image: "The stack (C, Y, X).", sigma: "Width of the blur, in pixels." },
      returns: [{ name: null, text: "The sharpened stack." }],
    } satisfies Docstring);
  });

  test("none", () => {
    expect(readDocstring("Add two numbers.\n\n    Both must be small.\n      Very small.")).toEqual({
      summary: "Add two numbers.",
      description: "Both must be small.\n  Very small.",
      args: {},
      returns: [],
    } satisfies Docstring);
    expect(readDocstring(" \n\t\n ")).toEqual({ summary: null, description: null, args: {}, returns: [] });
  });
});

describe("what is returned", () => {
  test.each<[string, Docstring["returns"]]>([
    ["Returns: the sum.", [{ name: null, text: "the sum." }]],
    ["Returns:\n    np.ndarray: the stack.", [{ name: null, text: "the stack." }]],
    ["Returns:\n    dict: what was\n        counted.", [{ name: null, text: "what was counted." }]],
    ["Returns:\n    Tuple[np.ndarray, dict]: both.", [{ name: null, text: "both." }]],
    ["Returns:\n    A note: it is slow.", [{ name: null, text: "A note: it is slow." }]],
    [
      "Returns:\n    image: the stack,\n        sharper.\n    mean (float): its mean.",
      [
        { name: "image", text: "the stack, sharper." },
        { name: "mean", text: "its mean." },
      ],
    ],
    [
      "Returns:\n    A tuple of\n\n    - image: the stack\n    - mean: its mean,\n      as a number",
      [
        { name: "image", text: "the stack" },
        { name: "mean", text: "its mean, as a number" },
      ],
    ],
    ["Returns\n-------\nndarray\n    The stack.", [{ name: null, text: "The stack." }]],
    ["Returns\n-------\nfloat", [{ name: null, text: "float" }]],
    ["Yields:\n    Each row.", [{ name: null, text: "Each row." }]],
  ])("%j", (section, returns) => {
    expect(readDocstring(`Do it.\n\n${section}\n`)).toEqual({
      summary: "Do it.",
      description: null,
      args: {},
      returns,
    });
  });
});

describe("arguments", () => {
  test.each<[string, Record<string, string>]>([
    ["Args:\n    x: one: two", { x: "one: two" }],
    ["Args:\n    x (Callable[[int], str]): calls (back).", { x: "calls (back)." }],
    [
      "Args:\n    x:\n        On the next line.\n\n        And after a blank one.",
      { x: "On the next line. And after a blank one." },
    ],
    [
      "Keyword arguments:\n    real -- the real part\n    imag - the other",
      { real: "the real part", imag: "the other" },
    ],
    ["Args:\n    größe: in Metern\n    x:", { größe: "in Metern" }],
    ["Args:\n    nothing that names anything", {}],
    ["Args:\n    __proto__: a name like any other", JSON.parse('{"__proto__": "a name like any other"}')],
    ["Attributes:\n    x: of a class", { x: "of a class" }],
    [
      "Parameters\n----------\nx: float\n    Without a space.\ny\n    Without a type.",
      { x: "Without a space.", y: "Without a type." },
    ],
    [":param x: one\n:param y:\n    two\n\nafterwards", { x: "one", y: "two" }],
    [":param Optional[int] x: typed", { x: "typed" }],
  ])("%j", (section, args) => {
    expect(Object.entries(readDocstring(`Do it.\n\n${section}\n`).args)).toEqual(Object.entries(args));
  });

  test("tabs indent as far as Python says", () => {
    expect(readDocstring("Do it.\n\n\tArgs:\n\t\tx: one\n\t        y: two").args).toEqual({ x: "one", y: "two" });
  });
});

const words = fc.constantFrom(
  ..."Args:|Returns:|Parameters|-------|----------|Returns|Yields|:param x:|:type x: int|:returns: y|x (int): a|- a: b|* c|x -- y|(((|, , ,|a,b: c|::::".split(
    "|",
  ),
  "",
  " ",
  "\t",
  "text of some kind",
  "\u{1f600}",
);
const lines = fc.array(fc.tuple(fc.constantFrom("", "    ", "        ", "\t"), words), { maxLength: 40 });

test("any text is read, and what is read was in it", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        lines.map((all) => all.map((line) => line.join("")).join("\n")),
        fc.string(),
      ),
      (text) => {
        const docs = readDocstring(text);
        const flat = text.replaceAll(/\s+/g, "");
        for (const part of [docs.summary, ...Object.values(docs.args), ...docs.returns.map((one) => one.text)])
          expect(part === null || part.replaceAll(/\s+/g, "").length <= flat.length).toBe(true);
        if (docs.summary !== null) expect(docs.summary).not.toBe("");
      },
    ),
    { numRuns: 2000 },
  );
});

// A quadratic reading of these takes minutes; the test's own time limit is what they would meet.
test.each([
  ["\n".repeat(200_000)],
  [" ".repeat(200_000)],
  ["a\n".repeat(100_000)],
  [`Args:\n${"    x: y\n".repeat(20_000)}`],
  [`Args:\n    ${"a,".repeat(100_000)}`],
  [`Args:\n    a ${"(".repeat(200_000)}`],
  [`Args:\n    a${" ".repeat(200_000)}b`],
  [`Returns:\n    ${"a.".repeat(100_000)}!: x`],
  [`Returns:\n${"    a: b\n".repeat(20_000)}    x`],
  [`Returns:\n${"  - a\n".repeat(30_000)}`],
  ["Parameters\n----------\n".repeat(9_000)],
  ["Args:\n".repeat(30_000)],
  [":param x: y\n".repeat(16_000)],
  [`:param${" ".repeat(200_000)}`],
  [`${":".repeat(200_000)}`],
  ["-\n".repeat(100_000)],
  [`${"\t".repeat(200_000)}x`],
])("200 KB that are made to be hard are read: %#", (text) => {
  expect(() => readDocstring(text)).not.toThrow();
});
