import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const good = `import numpy as np
from callsheet.memory import numpy


@numpy
def scale(image: np.ndarray, factor: float = 2.0, mode: str | None = None) -> np.ndarray:
    """Multiply every pixel.

    Args:
        factor: By how much.
    """
    return image * factor
`;

// Wide characters and a tab stand before what is wrong: the carets stand below it all the same.
const bad = `from callsheet.memory import numpy
import os

@numpy
def sharpen(img: float):
\treturn img if "名前" else eval("img")

@numpy
def blur(image: float):
    return image
`;

const told = `filters.py:2:8: error[forbidden_import]: os may not be imported: it reaches the machine it runs on
    2 | import os
      |        ^^
      = help: take what the function needs as its parameters, and return what it makes

filters.py:5:13: error[first_parameter]: the first parameter of sharpen is img: an array function takes the stack (C, Y, X) first, by position, as image
    5 | def sharpen(img: float):
      |             ^^^^^^^^^^
      = help: rename img to image

filters.py:6:26: error[forbidden_call]: eval() may not be used: it runs text as code
    6 |     return img if "名前" else eval("img")
      |                               ^^^^
      = help: write what it should do as code of this file

not valid  0 functions of 1 source, 3 errors, 0 warnings in 1 file
`;

describe("callsheet functions check", () => {
  test("prints what is wrong as a compiler does, and nothing else", async () => {
    const cwd = temporaryFolder({ "filters.py": bad });
    const run = await runCli(["functions", "check", "filters.py"], { cwd });
    expect(run).toMatchObject({ exitCode: 1, stderr: "" });
    expect(run.stdout).toBe(told);
  });

  test("prints what would be published, with inputs, outputs and packages", async () => {
    const cwd = temporaryFolder({ "scale.py": good });
    const run = await runCli(["functions", "check", "."], { cwd });
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toMatch(/^numpy\.scale\n {2}Multiply every pixel\.\n\n {2}INPUT +TYPE +DEFAULT +MEANING\n/);
    expect(run.stdout).toMatch(/\n {2}image +file \(npy, tif, tiff, png, jpg, jpeg, zip\) +required/);
    expect(run.stdout).toMatch(/\n {2}factor +float +2 +By how much\.\n {2}mode +string or null +null/);
    expect(run.stdout).toMatch(/\n {2}OUTPUT +TYPE[^\n]*\n {2}image +file \(npy, tif, tiff, png\)\n/);
    expect(run.stdout).toContain("  packages  numpy\n");
    expect(run.stdout).toMatch(/\nvalid {2}1 function of 1 source, 0 errors, 0 warnings\n$/);
  });

  test("tells programs the same as JSON", async () => {
    const cwd = temporaryFolder({ "scale.py": good, "bad.py": bad, "other.py": "" });
    const run = await runCli(["functions", "check", "scale.py", "bad.py", "--json"], { cwd });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      valid: false,
      functions: 1,
      sources: [
        { file: "scale.py", valid: true, packages: ["numpy"], functions: [{ id: "numpy.scale", entry: "scale" }] },
        { file: "bad.py", valid: false },
      ],
    });
  });

  test("checks documents and sources together, as validate does", async () => {
    const cwd = temporaryFolder({ "scale.py": good, "t.yaml": "template:\n  id: abc\n" });
    const run = await runCli(["check", "."], { cwd });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(/not valid {2}1 document and 1 source checked, 4 errors, 1 warning in 1 file\n$/);
  });
});

describe("callsheet functions new", () => {
  test("writes a function that checks without a warning, and never overwrites one", async () => {
    const cwd = temporaryFolder();
    const made = await runCli(["functions", "new", "--memory-type", "numpy", "--name", "evenLight", "-q"], { cwd });
    expect(made).toEqual({ exitCode: 0, stdout: "wrote evenLight.py, which publishes numpy.even_light\n", stderr: "" });
    const checked = await runCli(["functions", "check", "evenLight.py"], { cwd });
    expect(checked.stdout).toMatch(
      /^numpy\.even_light\n[\s\S]*valid {2}1 function of 1 source, 0 errors, 0 warnings\n$/,
    );
    const again = ["functions", "new", "evenLight.py", "--memory-type", "torch"];
    const refused = await runCli(again, { cwd });
    expect(refused).toMatchObject({ exitCode: 4, stdout: "" });
    expect(refused.stderr).toContain("evenLight.py exists; --force replaces it");
    expect(readFileSync(join(cwd, "evenLight.py"), "utf8")).toContain("def evenLight(");
    expect((await runCli([...again, "--force"], { cwd })).stdout).toContain("publishes torch.");
  });
});
