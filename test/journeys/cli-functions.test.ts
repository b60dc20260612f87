import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startRegistry } from "../../scripts/local-registry.ts";
import { type ExportIndex, exportIndex } from "../../src/cli/functions/export-index.ts";
import { cataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { runCli } from "../cli/run-cli.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { startCli } from "./support/start-cli.ts";

const bundle = frozenBundle();
const registry = cliRegistry();
const { cli, json } = registry;

function indexOf(folder: string): ExportIndex {
  return exportIndex.parse(JSON.parse(readFileSync(join(folder, "callsheet-functions.json"), "utf8")));
}

/** A source of two functions, whose names no other test has. */
function twoFunctions(prefix: string, second = `def ${prefix}_sub(image, amount: float = 1.0):`): string {
  return `# the author's comment
from callsheet.memory import numpy


@numpy
def ${prefix}_add(image, amount: float = 1.0):
    """Add to every pixel."""
    return image + amount


@numpy
${second}
    """Subtract from every pixel."""
    return image - amount
`;
}

describe("a function", () => {
  test("is begun, checked, published, listed and shown", async () => {
    const cwd = temporaryFolder();
    await json(["functions", "new", "--memory-type", "numpy", "--name", "jcf_begin"], cwd);
    expect((await cli(["functions", "check", "jcf_begin.py"], cwd)).exitCode).toBe(0);
    const planned = await json(["publish", "jcf_begin.py", "--dry-run"], cwd);
    expect(planned).toMatchObject({ dry_run: true, seq: null, counts: { created: 1 } });
    const published = await cli(["publish", "jcf_begin.py"], cwd);
    expect(published.stdout).toMatch(/^created {4}numpy\.jcf_begin 1\.0\.0 {2}jcf_begin\.py\n1 created, 0 unchanged/);
    expect(await json(["publish", "."], cwd)).toMatchObject({
      counts: { created: 0, unchanged: 1, rejected: 0 },
      results: [{ kind: "function", file: "jcf_begin.py", name: "numpy.jcf_begin", version: "1.0.0" }],
    });

    const listed = await cli(["functions", "--runtime", "numpy", "--no-gpu"], cwd);
    expect(listed.stdout).toMatch(/^NAME +VERSION +STATE +RUNTIME +GPU +SUMMARY\n/);
    expect(listed.stdout).toMatch(
      /\nnumpy\.jcf_begin +1\.0\.0 +live +numpy +Sharpen every plane with an unsharp mask\.\n/,
    );
    const sameList = cataloguePage.parse(await json(["list", "--kind", "function", "--all"], cwd));
    expect(sameList.items.map(({ name }) => name)).toContain("numpy.jcf_begin");
    expect((await cli(["list"], cwd)).stdout).not.toContain("jcf_begin");
    expect((await cli(["functions", "search", "jcf_begin"], cwd)).stdout).toContain("numpy.jcf_begin");
    expect((await cli(["functions", "list", "--runtime", "cupy"], cwd)).stdout).toContain("no function fits");

    const shown = await cli(["functions", "show", "numpy.jcf_begin"], cwd);
    expect(shown.stdout).toMatch(/^numpy\.jcf_begin 1\.0\.0 \(live\)\ndigest {5}sha256:/);
    expect(shown.stdout).toMatch(/\n {2}sigma +float +1 +Standard deviation of the blur, in pixels\.\n/);
    const source = await cli(["functions", "show", "numpy.jcf_begin", "--source"], cwd);
    expect(source.stdout).toBe(readFileSync(join(cwd, "jcf_begin.py"), "utf8"));
    expect((await cli(["show", "numpy.jcf_begin"], cwd)).stdout).toMatch(/^# numpy\.jcf_begin 1\.0\.0 \(live\)\n/);
    expect((await cli(["show", "function/numpy.jcf_begin@^2"], cwd)).exitCode).toBe(3);
  });

  test("gets its next version by what changed, and lives as a template does", async () => {
    const cwd = temporaryFolder({ "two.py": twoFunctions("jcf") });
    await json(["publish", "two.py"], cwd);
    writeFileSync(join(cwd, "two.py"), twoFunctions("jcf", "def jcf_sub(image, amount: float = 1.0, more: int = 0):"));
    const changed = await cli(["publish", "two.py"], cwd);
    expect(changed.stdout).toContain("created    numpy.jcf_add 1.0.1  two.py\n  against 1.0.0: asks for a patch bump");
    expect(changed.stdout).toContain("created    numpy.jcf_sub 1.1.0  two.py\n  against 1.0.0: asks for a minor bump");
    const asked = await cli(["publish", "two.py", "--version", "2.0.0"], cwd);
    expect(asked.stdout).toContain("created    numpy.jcf_sub 2.0.0  two.py");
    expect(await json(["compare", "numpy.jcf_sub", "1.0.0", "1.1.0"], cwd)).toMatchObject({ bump: "minor" });
    expect((await cli(["tag", "set", "numpy.jcf_sub", "stable", "1.1.0"], cwd)).stdout).toContain(
      "now points at 1.1.0",
    );
    expect((await cli(["deprecate", "numpy.jcf_sub@1.0.0"], cwd)).stdout).toBe("numpy.jcf_sub@1.0.0 is deprecated\n");
    expect((await cli(["yank", "numpy.jcf_sub@2.0.0"], cwd)).stdout).toBe("numpy.jcf_sub@2.0.0 is yanked\n");
    expect((await cli(["versions", "numpy.jcf_sub"], cwd)).stdout).toMatch(
      /2\.0\.0 +yanked[\s\S]*1\.1\.0 +live +latest, stable/,
    );
    expect(await json(["schema", "numpy.jcf_sub", "--inputs"], cwd)).toMatchObject({ properties: { more: {} } });
    expect(await json(["openapi", "numpy.jcf_sub"], cwd)).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });

    expect((await cli(["functions", "delete", "numpy.jcf_sub"], cwd)).stderr).toContain("say --yes");
    const one = await cli(["functions", "delete", "numpy.jcf_sub@1.0.0", "--yes"], cwd);
    expect(one.stdout).toBe("numpy.jcf_sub@1.0.0 is deleted\n");
    expect((await cli(["functions", "delete", "numpy.jcf_sub", "--yes"], cwd)).stdout).toBe(
      "numpy.jcf_sub (2 versions) is deleted\n",
    );
    expect((await cli(["functions", "show", "numpy.jcf_sub"], cwd)).exitCode).toBe(3);
  });
});

test("a bad file is told as a compiler does, and keeps nothing else from being published", async () => {
  const bad =
    "import socket\nfrom callsheet.memory import numpy\n\n\n@numpy\ndef jcf_bad(image):\n\treturn eval('image')\n";
  const cwd = temporaryFolder({
    "bad.py": bad,
    "good.py": twoFunctions("jcf_good"),
    "t.yaml": templateSource("jcf_template", "1.0.0"),
  });
  const run = await cli(["publish", "."], cwd);
  expect(run).toMatchObject({ exitCode: 1, stderr: "" });
  expect(run.stdout).toBe(`created    jcf_template 1.0.0  t.yaml
rejected   bad.py
  refused for 2 errors
  bad.py:1:8: error[forbidden_import]: socket may not be imported: it reaches the network
      1 | import socket
        |        ^^^^^^
        = help: take what the function needs as its parameters, and return what it makes
  bad.py:7:9: error[forbidden_call]: eval() may not be used: it runs text as code
      7 |     return eval('image')
        |            ^^^^
        = help: write what it should do as code of this file
created    numpy.jcf_good_add 1.0.0  good.py
created    numpy.jcf_good_sub 1.0.0  good.py
2 errors, 0 warnings in 1 file
3 created, 0 unchanged, 1 rejected (${registry.url()})
`);
});

test("a function at the edge answers at once", async () => {
  const source = `/** Joins words. */
export function jcfJoin({ words, between = "-" }: { words: string[]; between?: string }): { text: string } {
  return { text: words.join(between) };
}
`;
  const cwd = temporaryFolder({ "join.ts": source });
  await json(["publish", "join.ts"], cwd);
  const run = await cli(["run", "javascript.jcf_join", "-i", "words=a", "-i", "words=b"], cwd);
  expect(run.stdout).toMatch(/^succeeded {2}javascript\.jcf_join 1\.0\.0 {2}in [\s\S]*\n {2}text {2}a-b\n/);
  const wrong = await cli(["run", "javascript.jcf_join", "-i", "word=a"], cwd);
  expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("did you mean words?") });
});

describe("an export", () => {
  test("imported into an empty registry gives the same digests, and imported again changes nothing", async () => {
    const other = await startRegistry({ scriptPath: bundle.scriptPath, stateDir: bundle.stateDir("other"), port: 0 });
    onTestFinished(() => other.stop());
    const there = { CALLSHEET_URL: other.url, CALLSHEET_TOKEN: other.adminToken };
    const cwd = temporaryFolder({ "a/pair.py": twoFunctions("jcx"), "b/pair.py": twoFunctions("jcy") });
    await json(["publish", "a", "b"], cwd);
    // One function goes on and leaves the file: the other's latest version is in the source before.
    writeFileSync(join(cwd, "a/pair.py"), twoFunctions("jcx", "def jcx_sub(image, amount: float = 2.0):"));
    await json(["publish", "a"], cwd);
    writeFileSync(join(cwd, "a/pair.py"), twoFunctions("jcx").replace(/@numpy\ndef jcx_add[\s\S]*?\n\n\n/, ""));
    await json(["publish", "a", "--version", "1.4.0"], cwd);

    const told = await cli(["functions", "export", "out"], cwd);
    expect(told.stdout).toMatch(/^wrote \d+ versions of functions in \d+ sources to out\n$/);
    const before = indexOf(join(cwd, "out"));
    const pairs = before.sources.filter(({ file }) => file.startsWith("pair"));
    expect(pairs.map(({ file }) => file)).toEqual(["pair.py", "pair-2.py", "pair-3.py"]);
    expect(pairs.flatMap(({ functions }) => functions.map(({ name, version }) => `${name}@${version}`))).toEqual(
      expect.arrayContaining(["numpy.jcx_add@1.0.1", "numpy.jcx_sub@1.4.0", "numpy.jcy_add@1.0.0"]),
    );

    expect((await runCli(["functions", "import", "out", "--dry-run"], { cwd, env: there })).exitCode).toBe(0);
    expect((await runCli(["functions", "list"], { cwd, env: there })).stdout).toContain("no function fits");
    expect(await runCli(["functions", "import", "out"], { cwd, env: there })).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect((await runCli(["functions", "export", "back"], { cwd, env: there })).exitCode).toBe(0);
    const after = indexOf(join(cwd, "back"));
    const known = ({ sources }: ExportIndex) => new Map(sources.map(({ digest, functions }) => [digest, functions]));
    expect(known(after)).toEqual(known(before));
    for (const { file, digest } of after.sources) {
      expect(digestOfBytes(readFileSync(join(cwd, "back", file)))).toBe(digest);
    }
    expect(await json(["functions", "import", "out"], cwd)).toMatchObject({ counts: { created: 0, rejected: 0 } });
  });

  test("never replaces other files unless it is told to, and an edited file becomes a new version", async () => {
    const cwd = temporaryFolder({ "e.py": twoFunctions("jce"), "out/e.py": "mine" });
    await json(["publish", "e.py"], cwd);
    const refused = await cli(["functions", "export", "out"], cwd);
    expect(refused).toMatchObject({ exitCode: 4, stdout: "" });
    expect(refused.stderr).toContain("out/e.py would be replaced by other content; --force does that");
    expect(existsSync(join(cwd, "out/callsheet-functions.json"))).toBe(false);
    expect((await cli(["functions", "export", "out", "--force"], cwd)).exitCode).toBe(0);
    expect((await cli(["functions", "export", "out"], cwd)).exitCode).toBe(0);

    writeFileSync(join(cwd, "out/e.py"), twoFunctions("jce", "def jce_sub(image, amount: float = 2.0):"));
    const edited = await cli(["functions", "import", "out"], cwd);
    expect(edited.stderr).toContain("out/e.py was changed since it was exported: it gets a new version");
    expect(edited.stdout).toMatch(/created {4}numpy\.jce_sub 1\.0\.1|created {4}numpy\.jce_sub 1\.1\.0/);
    writeFileSync(join(cwd, "out/callsheet-functions.json"), '{"format": 2}');
    expect((await cli(["functions", "import", "out"], cwd)).stderr).toContain(
      "is not what `callsheet functions export` writes",
    );
  });
});

test("OpenHCS's custom functions are imported from where it keeps them, each with its own result", async () => {
  const custom = (name: string) => `from openhcs.core.memory.decorators import numpy
import numpy as np

@numpy
def ${name}(image, threshold=0.5):
    """Custom thresholding."""
    return np.where(image > threshold, image, 0)
`;
  const folder = ".local/share/openhcs/custom_functions";
  const cwd = temporaryFolder({
    [`${folder}/jch_one.py`]: custom("jch_one"),
    [`${folder}/jch_two.py`]: custom("jch_two"),
    [`${folder}/jch_bad.py`]: "import os\n",
  });
  const run = await cli(["functions", "import", "--openhcs"], cwd);
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(
    /rejected {3}\S+jch_bad\.py\n[\s\S]*created {4}numpy\.jch_one 1\.0\.0 {2}\S+jch_one\.py\n/,
  );
  expect(run.stdout).toContain("2 created, 0 unchanged, 1 rejected");
});

test("watch publishes a source on save, and shows what is wrong with it", async () => {
  const folder = temporaryFolder({ "filters.py": twoFunctions("jcw") });
  const save = (text: string) => writeFileSync(join(folder, "filters.py"), text);
  const watching = startCli(["watch", join(folder, "filters.py")], registry.env());
  await watching.sees("created    numpy.jcw_add 1.0.0");
  save(twoFunctions("jcw", "def jcw_sub(stack):"));
  await watching.sees("error[first_parameter]");
  save(twoFunctions("jcw", "def jcw_sub(image, amount: float = 1.0, more: int = 0):"));
  await watching.sees("created    numpy.jcw_sub 1.1.0");
  watching.interrupt();
  expect(await watching.ended).toBe(0);
});
