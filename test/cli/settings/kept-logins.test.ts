import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { forgetLogins, keepLogin, loginsPath, readLogins } from "../../../src/cli/settings/kept-logins.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function login(url: string, token = "secret") {
  return { url, token, name: "ci", expires_at: null };
}

function emptyHome(): string {
  const path = loginsPath({ HOME: temporaryFolder() });
  if (path === null) throw new Error("there is a home");
  return path;
}

test("a login is kept for its owner only, and leaves nothing beside it", () => {
  const path = emptyHome();
  keepLogin(path, login("https://one.example"));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o077).toBe(0);
  expect(readdirSync(dirname(path))).toEqual(["logins.json"]);
});

test("a login takes the place of the one before for the same registry, and comes first", () => {
  const path = emptyHome();
  keepLogin(path, login("http://localhost:8787", "old"));
  keepLogin(path, login("https://two.example"));
  keepLogin(path, login("http://127.0.0.1:8787", "new"));
  expect(readLogins(path).map(({ url, token }) => [url, token])).toEqual([
    ["http://127.0.0.1:8787", "new"],
    ["https://two.example", "secret"],
  ]);
});

test("forgetting answers what is gone; with the last login goes the file", () => {
  const path = emptyHome();
  keepLogin(path, login("https://one.example"));
  keepLogin(path, login("https://two.example"));
  expect(forgetLogins(path, ({ url }) => url === "https://one.example").map(({ url }) => url)).toEqual([
    "https://one.example",
  ]);
  expect(forgetLogins(path, () => false)).toEqual([]);
  expect(readLogins(path).map(({ url }) => url)).toEqual(["https://two.example"]);
  forgetLogins(path, () => true);
  expect(existsSync(path)).toBe(false);
  expect(forgetLogins(path, () => true)).toEqual([]);
});

test("what cannot be written is said", () => {
  const folder = temporaryFolder({ taken: "a file" });
  expect(() => keepLogin(join(folder, "taken", "logins.json"), login("https://one.example"))).toThrow(
    /cannot be written: /,
  );
});

test("without a home there is no place", () => {
  expect(loginsPath({})).toBeNull();
  expect(loginsPath({ HOME: "" })).toBeNull();
});
