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
    expect(settings(folder, { in: "a" })).toEqual({ url: "http://127.0.0.1:9001", token: "local-token", minSeq: 0 });
  });

  test("or from the one beside the package, or from the one that CALLSHEET_STATE_DIR names", () => {
    const packageFolder = temporaryFolder({ ".callsheet/registry.json": registryFile });
    const elsewhere = temporaryFolder();
    expect(settings(elsewhere, { packageFolder }).url).toBe("http://127.0.0.1:9001");
    const env = { CALLSHEET_STATE_DIR: join(packageFolder, ".callsheet") };
    expect(settings(elsewhere, { env }).token).toBe("local-token");
  });

  test("else the default", () => {
    expect(settings(temporaryFolder())).toEqual({ url: "http://127.0.0.1:8787", token: null, minSeq: 0 });
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
