import { join } from "node:path";
import { expect, test } from "vitest";
import { findFiles, findSources } from "../../src/cli/find-files.ts";
import { isDocumentPath, isSourcePath } from "../../src/domain/document/publishable-path.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test.each(["filters.py", "a/b/slug.ts", "slug.mts", "slug.js", "slug.mjs", "UPPER.PY"])(
  "%s in a folder is a source",
  (path) => {
    expect([isSourcePath(path), isDocumentPath(path)]).toEqual([true, false]);
  },
);

test.each([
  "__init__.py",
  "test_filters.py",
  "filters_test.py",
  "conftest.py",
  "setup.py",
  "slug.d.ts",
  "slug.test.ts",
  "vite.config.js",
  "node_modules/a/index.js",
  ".venv/a.py",
  "venv/a.py",
  "__pycache__/a.py",
  "notes.md",
  "callsheet-functions.json",
  "package.json",
  "callsheet.yaml",
])("%s in a folder is neither a source nor a document", (path) => {
  expect([isSourcePath(path), isDocumentPath(path)]).toEqual([false, false]);
});

test("a folder gives what is in it of both kinds, a named file is what its name says", async () => {
  const folder = temporaryFolder({ "b.py": "", "a/c.ts": "", "a/t.yaml": "", "test_x.py": "", "odd.txt": "" });
  const at = (path: string) => join(folder, path);
  expect(await findFiles([folder])).toEqual({ documents: [at("a/t.yaml")], sources: [at("a/c.ts"), at("b.py")] });
  expect(await findFiles([at("test_x.py"), at("odd.txt"), "-"])).toEqual({
    documents: [at("odd.txt"), "-"],
    sources: [at("test_x.py")],
  });
  await expect(findSources([at("odd.txt")])).rejects.toThrow("is no source of functions");
  expect(await findSources([folder, at("b.py")])).toEqual([at("a/c.ts"), at("b.py")]);
});
