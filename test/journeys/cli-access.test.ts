import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createdToken } from "../../src/contract/access/token.ts";
import { type CliRun, runCli } from "../cli/run-cli.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";
import { actionsIdentity } from "./support/actions-identity.ts";
import { type IdentityIssuer, startIssuer } from "./support/identity-issuer.ts";

const { cli, json, url } = cliRegistry();

async function newToken(name: string, cwd: string, ...more: string[]) {
  return createdToken.parse(await json(["tokens", "create", name, "--scope", "publish", ...more], cwd));
}

/** The CLI with no token and no registry but what its folder's home keeps. */
function alone(args: readonly string[], cwd: string, input = "", env: Record<string, string> = {}): Promise<CliRun> {
  return runCli(args, { cwd, input, env: { NO_COLOR: "1", CALLSHEET_URL: url(), ...env } });
}

describe("a login", () => {
  test("is kept when the registry knows the token, used from then on, and forgotten by logout", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("image_login", "1.0.0") });
    const { token } = await newToken("jca-login", cwd, "--name-pattern", "templates/image_*");
    const refused = await alone(["publish", "t.yaml"], cwd);
    expect(refused).toMatchObject({ exitCode: 5 });
    expect(refused.stderr).toContain("callsheet login");

    const login = await alone(["login"], cwd, `${token}\n`);
    expect(login, login.stderr).toMatchObject({ exitCode: 0 });
    expect(login.stdout).toContain("as jca-login: may publish, of templates/image_*; it expires ");
    expect(login.stdout + login.stderr).not.toContain(token);
    const path = join(cwd, ".config", "callsheet", "logins.json");
    expect(statSync(path).mode & 0o777).toBe(0o600);

    expect(await alone(["publish", "t.yaml"], cwd)).toMatchObject({ exitCode: 0 });
    const who = await alone(["whoami"], cwd);
    expect(who.stdout).toMatch(/name +jca-login\n[\s\S]*tok_[0-9a-f]{16}, from callsheet login/);
    expect((await alone(["whoami"], cwd, "", { CALLSHEET_TOKEN: token })).stdout).toContain("from CALLSHEET_TOKEN");
    // Elsewhere the login counts too: it says the registry where nothing nearer does.
    const elsewhere = await runCli(["whoami", "--json"], { cwd, env: { CALLSHEET_STATE_DIR: join(cwd, "none") } });
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ url: url(), url_from: { kind: "login" }, name: "jca-login" });

    expect((await alone(["logout"], cwd)).stdout).toBe(`logged out of ${url()} (jca-login)\n`);
    expect(await alone(["publish", "t.yaml"], cwd)).toMatchObject({ exitCode: 5 });
    expect((await alone(["logout"], cwd)).stdout).toContain("no login was kept");
  });

  test("is not kept with a token that nobody knows, nor with none", async () => {
    const cwd = temporaryFolder();
    const wrong = await alone(["login"], cwd, `cst_${"0".repeat(48)}`);
    expect(wrong).toMatchObject({ exitCode: 5, stdout: "" });
    expect(await alone(["login"], cwd, "two\nlines")).toMatchObject({ exitCode: 2 });
    expect((await alone(["login"], cwd)).stderr).toContain("no token was given");
    expect((await alone(["whoami"], cwd)).stdout).toMatch(/token +none/);
  });

  test("says that a token on a command line can be seen, and what goes before it", async () => {
    const cwd = temporaryFolder();
    const { token } = await newToken("jca-seen", cwd);
    const login = await alone(["login", "--token", token], cwd, "", { CALLSHEET_TOKEN: token });
    expect(login).toMatchObject({ exitCode: 0 });
    expect(login.stderr).toContain("warning: a token on a command line");
    expect(login.stderr).toContain("here the token of CALLSHEET_TOKEN goes first");
    const told: unknown = JSON.parse((await alone(["logout", "--all", "--json"], cwd)).stdout);
    expect(told).toEqual({ logged_out: [{ url: url(), name: "jca-seen" }] });
  });
});

describe("a token", () => {
  test("stands alone on stdout under --quiet, is told in lists without it, and is dead once it is revoked", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jca_revoked", "1.0.0") });
    const made = await cli(
      ["tokens", "create", "jca-quiet", "--scope", "publish,run", "--expires", "2d", "--quiet"],
      cwd,
    );
    expect(made.stdout).toMatch(/^cst_[0-9a-f]{48}\n$/);
    const token = made.stdout.trim();
    expect(await alone(["publish", "t.yaml"], cwd, "", { CALLSHEET_TOKEN: token })).toMatchObject({ exitCode: 0 });
    const list = await cli(["tokens"], cwd);
    expect(list.stdout).toMatch(/tok_[0-9a-f]{16} +jca-quiet +live +publish, run +\S+ \S+ UTC \(in 2 d\)/);
    expect((await cli(["tokens", "show", "jca-quiet"], cwd)).stdout).toMatch(/expires +\S+ \S+ UTC \(in 2 d\)/);
    expect(list.stdout).not.toContain(token);

    const asked = await cli(["tokens", "revoke", "jca-quiet"], cwd);
    expect(asked).toMatchObject({ exitCode: 2 });
    expect(asked.stderr).toContain("say --yes where nobody can be asked");
    expect((await cli(["tokens", "revoke", "jca-quiet", "--yes"], cwd)).stdout).toMatch(
      /jca-quiet \(tok_.*\) is revoked/,
    );
    await expect
      .poll(async () => (await alone(["whoami"], cwd, "", { CALLSHEET_TOKEN: token })).exitCode, { timeout: 30_000 })
      .toBe(5);
    expect((await cli(["tokens", "list", "--all"], cwd)).stdout).toMatch(/jca-quiet +revoked/);
    expect(await cli(["tokens", "show", "jca-quiet"], cwd)).toMatchObject({ exitCode: 3 });
  });

  test("may never expire, and is made anew with the one before good for a while", async () => {
    const cwd = temporaryFolder();
    const first = createdToken.parse(
      await json(["tokens", "create", "jca-rotate", "--scope", "read", "--expires", "never", "--rate", "high"], cwd),
    );
    expect(first).toMatchObject({ expires_at: null, rate_class: "high", scopes: ["read"] });
    const second = createdToken.parse(await json(["tokens", "rotate", first.id, "--overlap", "1h"], cwd));
    expect(second.token).not.toBe(first.token);
    for (const { token } of [first, second]) {
      expect(await alone(["whoami"], cwd, "", { CALLSHEET_TOKEN: token })).toMatchObject({ exitCode: 0 });
    }
    const both = await cli(["tokens", "show", "jca-rotate"], cwd);
    expect(both).toMatchObject({ exitCode: 2 });
    expect(both.stderr).toContain("give the id of the one you mean");
  });

  test("that is no admin's manages no tokens", async () => {
    const cwd = temporaryFolder();
    const { token } = await newToken("jca-plain", cwd);
    const refused = await alone(["tokens", "--json"], cwd, "", { CALLSHEET_TOKEN: token });
    expect(refused).toMatchObject({ exitCode: 5 });
    expect(JSON.parse(refused.stdout)).toMatchObject({ failure: { code: "FORBIDDEN" } });
  });
});

describe("a trusted publisher", () => {
  let issuer: IdentityIssuer;
  beforeAll(async () => {
    issuer = await startIssuer();
  });
  afterAll(() => issuer.stop());

  test("logs in with the identity of its job, without any stored secret", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jca_trusted", "1.0.0") });
    expect((await cli(["publishers"], cwd)).stdout).toContain("nobody is trusted yet");
    const claims = ["--github", "acme/prompts", "--branch", "main", "--issuer", issuer.url];
    const added = await cli(["publishers", "add", "jca-release", ...claims, "--scope", "publish"], cwd);
    expect(added, added.stderr).toMatchObject({ exitCode: 0 });
    expect(added.stdout).toMatch(/jca-release +publish .*repository=acme\/prompts, ref=refs\/heads\/main/);

    const job = await actionsIdentity(issuer, { repository: "acme/prompts", ref: "refs/heads/main" });
    const login = await alone(["login", "--github-actions"], cwd, "", job);
    expect(login, login.stderr).toMatchObject({ exitCode: 0 });
    expect(login.stdout).toContain("as jca-release:acme/prompts: may publish; it expires ");
    expect(login.stdout + login.stderr).not.toMatch(/cst_|eyJ/);
    expect(await alone(["publish", "t.yaml"], cwd)).toMatchObject({ exitCode: 0 });

    const other = await actionsIdentity(issuer, { repository: "acme/prompts", ref: "refs/heads/feature" });
    const refused = await alone(["login", "--github-actions"], temporaryFolder(), "", other);
    expect(refused.exitCode).toBe(5);
    expect((await cli(["publishers", "remove", "jca-release", "--yes"], cwd)).stdout).toContain("is removed");
    expect((await cli(["publishers"], cwd)).stdout).toContain("nobody is trusted yet");
  });

  test("says what is missing where there is no job, and where the service gives no identity", async () => {
    const cwd = temporaryFolder();
    const nothing = await alone(["login", "--github-actions"], cwd);
    expect(nothing).toMatchObject({ exitCode: 5 });
    expect(nothing.stderr).toContain("id-token: write");
    const job = { ...(await actionsIdentity(issuer, {})), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "wrong" };
    const refused = await alone(["login", "--github-actions"], cwd, "", job);
    expect(refused).toMatchObject({ exitCode: 6 });
    expect(refused.stderr).toContain("answered 401, and no identity");
  });
});

describe("the audit log", () => {
  test("tells who did what, and is narrowed", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jca_audited", "1.0.0") });
    const { token } = await newToken("jca-auditor", cwd);
    await alone(["publish", "t.yaml"], cwd, "", { CALLSHEET_TOKEN: token });
    const told = await cli(["audit", "--actor", "jca-auditor", "--since", "1h"], cwd);
    expect(told.stdout).toMatch(/jca-auditor +version\.published +done +templates\/jca_audited@1\.0\.0/);
    expect((await cli(["audit", "--subject", "templates/jca_audi*"], cwd)).stdout).toContain("jca_audited@1.0.0");
    expect((await cli(["audit", "--until", "2020-01-01"], cwd)).stdout).toBe("no entry fits\n");
    const page = await cli(["audit", "--limit", "1"], cwd);
    expect(page.stderr).toContain("--cursor ");
    expect(await json(["audit", "--all"], cwd)).toMatchObject({ next_cursor: null });
  });

  test("is exported, checked on the way, and a change of it is found afterwards", async () => {
    const cwd = temporaryFolder();
    await newToken("jca-chain", cwd);
    await newToken("jca-chain-two", cwd);
    const exported = await cli(["audit", "export", "log.ndjson"], cwd);
    expect(exported, exported.stderr).toMatchObject({ exitCode: 0 });
    const head = /head {2}(\d+:[0-9a-f]{64})/.exec(exported.stdout)?.[1] ?? "";
    expect(await cli(["audit", "export", "log.ndjson"], cwd)).toMatchObject({ exitCode: 4 });
    expect(await cli(["audit", "verify", "log.ndjson", "--head", head], cwd)).toMatchObject({ exitCode: 0 });
    expect(await cli(["audit", "verify", "--head", head], cwd)).toMatchObject({ exitCode: 0 });

    const path = join(cwd, "log.ndjson");
    const log = readFileSync(path, "utf8");
    writeFileSync(path, log.replace('"actor":"admin"', '"actor":"nobody"'));
    const changed = await cli(["audit", "verify", "log.ndjson", "--json"], cwd);
    expect(changed).toMatchObject({ exitCode: 1 });
    expect(JSON.parse(changed.stdout)).toMatchObject({ valid: false, break: { seq: 1 } });
    writeFileSync(path, `${log.trimEnd().split("\n").slice(0, -1).join("\n")}\n`);
    const cut = await cli(["audit", "verify", "log.ndjson", "--head", head], cwd);
    expect(cut).toMatchObject({ exitCode: 1 });
    expect(cut.stdout).toContain("the log ends at entry");
    const piped = await cli(["audit", "export", "-"], cwd);
    expect(piped.stdout.startsWith(log)).toBe(true);
  });
});
