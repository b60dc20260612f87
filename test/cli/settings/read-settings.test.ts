import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { globalFlags } from "../../../src/cli/settings/global-flags.ts";
import { readSettings } from "../../../src/cli/settings/read-settings.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const registryFile = JSON.stringify({ url: "http://127.0.0.1:9001", admin_token: "local-token" });

function settings(
  folder: string,
  given: { flags?: object; env?: Record<string, string>; in?: string; packageFolder?: string } = {},
) {
  const flags = globalFlags.parse(given.flags ?? {});
  return readSettings(flags, given.env ?? {}, join(folder, given.in ?? "."), given.packageFolder ?? folder);
}

describe("the URL is", () => {
  const everything = { "callsheet.yaml": "url: http://file.example\n", ".callsheet/registry.json": registryFile };

  test("what a flag says, before all else", () => {
    const env = { CALLSHEET_URL: "http://env.example" };
    const told = settings(temporaryFolder(everything), { flags: { url: "http://flag.example/" }, env });
    expect(told.url).toBe("http://flag.example");
  });

  test("then what the environment says, unless that is empty", () => {
    const folder = temporaryFolder(everything);
    expect(settings(folder, { env: { CALLSHEET_URL: "http://env.example" } }).url).toBe("http://env.example");
    expect(settings(folder, { env: { CALLSHEET_URL: "" } }).url).toBe("http://file.example");
  });

  test("then what the nearest callsheet.yaml above says", () => {
    const folder = temporaryFolder({ ...everything, "a/b/x.yaml": "" });
    expect(settings(folder, { in: "a/b" }).url).toBe("http://file.example");
  });

  test("then the local registry's, from the nearest state folder above", () => {
    const folder = temporaryFolder({ ".callsheet/registry.json": registryFile, "a/x.yaml": "" });
    expect(settings(folder, { in: "a" })).toMatchObject({ url: "http://127.0.0.1:9001", token: "local-token" });
    expect(settings(folder, { in: "a" })).toMatchObject({ urlFrom: { kind: "local" }, tokenFrom: { kind: "local" } });
  });

  test("or from the one beside the package, or from the one that CALLSHEET_STATE_DIR names", () => {
    const packageFolder = temporaryFolder({ ".callsheet/registry.json": registryFile });
    const elsewhere = temporaryFolder();
    expect(settings(elsewhere, { packageFolder }).url).toBe("http://127.0.0.1:9001");
    const env = { CALLSHEET_STATE_DIR: join(packageFolder, ".callsheet") };
    expect(settings(elsewhere, { env }).token).toBe("local-token");
  });

  test("else the default", () => {
    const told = settings(temporaryFolder());
    expect(told).toMatchObject({ url: "http://127.0.0.1:8787", token: null, tokenFrom: null, minSeq: 0 });
  });

  test.each(["registry", "ftp://x", "http://", "file:///etc/passwd"])("refused when it is %s", (url) => {
    expect(() => settings(temporaryFolder(), { flags: { url } })).toThrow(`"${url}" is no registry URL`);
  });
});

describe("a token", () => {
  const withTokenFile = {
    "callsheet.yaml": "url: https://r.example\ntoken_file: secret/token\n",
    "secret/token": "from-file\n",
  };

  test("by flag wins over the environment, and that over files", () => {
    const folder = temporaryFolder(withTokenFile);
    const env = { CALLSHEET_TOKEN: "from-env", CALLSHEET_ADMIN_TOKEN: "admin-env" };
    expect(settings(folder, { flags: { token: "from-flag" }, env }).token).toBe("from-flag");
    expect(settings(folder, { env }).token).toBe("from-env");
    expect(settings(folder, { env: { CALLSHEET_ADMIN_TOKEN: "admin-env" } }).token).toBe("admin-env");
    expect(settings(folder).token).toBe("from-file");
  });

  test("from a file goes only to the registry that the file names", () => {
    const flags = { url: "https://other.example" };
    expect(settings(temporaryFolder(withTokenFile), { flags }).token).toBeNull();
    const local = temporaryFolder({ ".callsheet/registry.json": registryFile });
    expect(settings(local, { flags }).token).toBeNull();
    expect(settings(local, { flags: { url: "http://localhost:9001" } }).token).toBe("local-token");
    expect(settings(local, { flags: { url: "http://localhost:9002" } }).token).toBeNull();
  });

  test("file that is missing is said", () => {
    const folder = temporaryFolder({ "callsheet.yaml": "token_file: gone\n" });
    expect(() => settings(folder)).toThrow(/token_file: .*gone does not exist/);
  });
});

describe("a config file is refused", () => {
  test.each([
    ["a key that is not known", "urls: http://x.example\n", "unknown key urls; did you mean url?"],
    ["a token in it", "token: abc\n", "unknown key token"],
    ["a URL that is none", "url: here\n", "url: an http:// or https:// URL"],
    ["a list", "- url\n", "the file: "],
    ["broken YAML", "url: [\n", "callsheet.yaml: "],
  ])("for %s", (_, text, message) => {
    expect(() => settings(temporaryFolder({ "callsheet.yaml": text }))).toThrow(message);
  });

  test("but an empty one is fine", () => {
    expect(settings(temporaryFolder({ "callsheet.yaml": "# nothing yet\n" })).url).toBe("http://127.0.0.1:8787");
  });
});

describe("what a login keeps", () => {
  const login = (url: string) => ({ url, token: `token of ${url}`, name: "ci", expires_at: null });

  function withLogins(files: Record<string, string>, ...logins: object[]): string {
    return temporaryFolder({ ...files, "home/.config/callsheet/logins.json": JSON.stringify({ logins }) });
  }

  function loggedIn(folder: string, flags: object = {}, env: Record<string, string> = {}) {
    return settings(folder, { flags, env: { HOME: join(folder, "home"), ...env } });
  }

  test("goes after flags, environment and files, and before the local registry's own token", () => {
    const url = "http://127.0.0.1:9001";
    const folder = withLogins({ ".callsheet/registry.json": registryFile }, login(url));
    expect(loggedIn(folder)).toMatchObject({ url, token: `token of ${url}`, tokenFrom: { kind: "login" } });
    expect(loggedIn(folder, {}, { CALLSHEET_TOKEN: "from-env" })).toMatchObject({ token: "from-env" });
    expect(loggedIn(folder, { token: "from-flag" })).toMatchObject({ tokenFrom: { kind: "flag" } });
    const named = withLogins({ "callsheet.yaml": `url: ${url}\ntoken_file: t\n`, t: "from-file\n" }, login(url));
    expect(loggedIn(named)).toMatchObject({ token: "from-file", tokenFrom: { kind: "file" } });
  });

  test("is sent to its own registry only", () => {
    const folder = withLogins({}, login("https://one.example"), login("https://two.example"));
    expect(loggedIn(folder, { url: "https://two.example" }).token).toBe("token of https://two.example");
    expect(loggedIn(folder, { url: "https://other.example" }).token).toBeNull();
    expect(loggedIn(folder, { url: "http://one.example" }).token).toBeNull();
    expect(loggedIn(folder, { url: "https://one.example:8443" }).token).toBeNull();
  });

  test("says which registry is meant where nothing nearer does", () => {
    const folder = withLogins({}, login("https://newest.example"), login("https://older.example"));
    expect(loggedIn(folder)).toMatchObject({ url: "https://newest.example", urlFrom: { kind: "login" } });
    const local = withLogins({ ".callsheet/registry.json": registryFile }, login("https://newest.example"));
    expect(loggedIn(local)).toMatchObject({ url: "http://127.0.0.1:9001", token: "local-token" });
  });

  test("is looked for where XDG_CONFIG_HOME says, if that is a whole path", () => {
    const folder = temporaryFolder({
      "config/callsheet/logins.json": JSON.stringify({ logins: [login("https://xdg.example")] }),
    });
    expect(settings(folder, { env: { XDG_CONFIG_HOME: join(folder, "config") } }).url).toBe("https://xdg.example");
    expect(settings(folder, { env: { XDG_CONFIG_HOME: "config" } }).url).toBe("http://127.0.0.1:8787");
  });

  test("is refused when it cannot be understood, unless a token is said nearer", () => {
    const folder = temporaryFolder({ "home/.config/callsheet/logins.json": '{"logins": [{"url": "x"}]}' });
    expect(() => loggedIn(folder)).toThrow(/logins\.json cannot be read: .*log in again/);
    expect(loggedIn(folder, { url: "https://x.example", token: "t" }).token).toBe("t");
  });
});
