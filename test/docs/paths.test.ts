import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(repositoryRoot, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** A page may leave out the first folder: `domain/run/…` is `src/domain/run/…`, `bypass.test.ts` of a folder of tests is not meant. */
const roots = ["", "src", "test"];
const written = /`((?:[\w-]+\/)+[\w.-]+\.(?:ts|mts|mjs|sql|py|toml))`/g;

test.each(pages)("%s names only files that are there", (page) => {
  const text = readFileSync(join(repositoryRoot, page), "utf8");
  const named = [...text.matchAll(written)].flatMap(([, path]) => (path === undefined ? [] : [path]));
  expect(named.filter((path) => !roots.some((root) => existsSync(join(repositoryRoot, root, path))))).toEqual([]);
});
