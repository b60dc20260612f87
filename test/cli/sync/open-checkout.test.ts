import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { labelOf, openCheckout } from "../../../src/cli/sync/open-checkout.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function aRepository(files: Record<string, string>): { folder: string; commit: string } {
  const folder = temporaryFolder(files);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Mona", "-c", "user.email=mona@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "--message=begin");
  return { folder, commit: git("rev-parse", "HEAD").trim() };
}

test.each([
  ["https://github.com/acme/catalog", "acme/catalog"],
  ["https://user:secret@github.com/acme/catalog.git", "acme/catalog"],
  ["https://gitlab.example.org/group/sub/catalog.git/", "group/sub/catalog"],
  ["git@github.com:acme/catalog.git", "acme/catalog"],
  ["ssh://git@github.com:22/acme/catalog", "acme/catalog"],
  ["/srv/git/catalog.git", "catalog"],
  ["templates/", "templates"],
  ["file:///srv/git/catalog.git", "catalog"],
])("%s is called %s", (where, label) => {
  expect(labelOf(where)).toBe(label);
});

test("a folder of a repository has its commit only as long as nothing in it is changed", async () => {
  const { folder, commit } = aRepository({ "a.yaml": "a: 1\n" });
  expect(await openCheckout(folder, undefined)).toMatchObject({ folder, commit, isClone: false });
  writeFileSync(join(folder, "b.yaml"), "b: 1\n");
  expect((await openCheckout(folder, undefined)).commit).toBeNull();
});

test("a folder that is no repository has no commit", async () => {
  const folder = temporaryFolder({ "a.yaml": "a: 1\n" });
  expect((await openCheckout(folder, undefined)).commit).toBeNull();
});

test("a repository's path is cloned at a branch, and the clone goes with its sync", async () => {
  const { folder, commit } = aRepository({ "a.yaml": "a: 1\n" });
  writeFileSync(join(folder, "b.yaml"), "not committed\n");
  const checkout = await openCheckout(folder, "main");
  expect(checkout).toMatchObject({ commit, isClone: true });
  expect(checkout.folder).not.toBe(folder);
  await checkout.close();
  await expect(openCheckout(checkout.folder, undefined)).rejects.toThrow("does not exist");
  await expect(openCheckout(folder, "none")).rejects.toThrow(/cannot be cloned: .*none/);
});

test("a password in an address is in no message", async () => {
  const address = "http://mona:s3cret@127.0.0.1:9/acme/catalog";
  const refused = await openCheckout(address, undefined).catch((error: unknown) => String(error));
  expect(refused).toContain("http://127.0.0.1:9/acme/catalog cannot be cloned");
  expect(refused).not.toContain("s3cret");
});
