import { createExecutionContext, env, SELF, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { ociErrors } from "../../src/contract/oci/failure.ts";
import { ociTokenAnswer } from "../../src/contract/oci/token.ts";
import { answerOci } from "../../src/http/oci/answer-oci.ts";
import { ociTokensOf } from "../../src/worker/oci-credentials.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";

const path = "http://localhost/v2/token";
const login = { Authorization: `Basic ${btoa("me:test-admin-token")}` };

function getToken(query: string, headers: Record<string, string> = {}): Promise<Response> {
  return SELF.fetch(`${path}${query}`, { headers });
}

function postForm(fields: Record<string, string> | string): Promise<Response> {
  const body = typeof fields === "string" ? fields : new URLSearchParams(fields).toString();
  return SELF.fetch(path, { method: "POST", body, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
}

async function grantedBy(response: Response): Promise<{ who: string; scopes: string[] }> {
  expect(response.status).toBe(200);
  const answer = ociTokenAnswer.parse(await response.json());
  expect(answer.access_token).toBe(answer.token);
  expect(answer.expires_in).toBe(limits.ociTokenSeconds);
  const claims = ociTokensOf(env).read(answer.token);
  if (claims === null) throw new Error("the token is not readable");
  expect(claims.until).toBe(Math.floor(Date.parse(answer.issued_at) / 1000) + limits.ociTokenSeconds);
  return { who: claims.who, scopes: claims.scopes };
}

async function refusalOf(response: Response, status: number): Promise<{ code: string; message: string }> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  const [error] = ociErrors.parse(JSON.parse(text)).errors;
  if (error === undefined) throw new Error("no error in the envelope");
  return error;
}

it("grants who logs in what they ask for, in several parameters or in one", async () => {
  const several =
    "?service=callsheet&scope=repository:a/b:pull,push&scope=repository:c:delete&scope=registry:catalog:*";
  const scopes = ["repository:a/b:pull,push", "repository:c:delete", "registry:catalog:*"];
  expect(await grantedBy(await getToken(several, login))).toEqual({ who: "admin", scopes });
  const one = `?scope=${encodeURIComponent(scopes.join(" "))}`;
  expect(await grantedBy(await getToken(one, login))).toEqual({ who: "admin", scopes });
});

it("grants who does not log in what is public, and no more", async () => {
  const query = "?scope=repository:a/b:pull,push,delete&scope=registry:catalog:*&scope=repository:c:push";
  const scopes = ["repository:a/b:pull", "registry:catalog:*"];
  expect(await grantedBy(await getToken(query))).toEqual({ who: "anonymous", scopes });
});

it("grants nothing to who does not log in where nothing is public", async () => {
  const request = new Request(`${path}?scope=repository:a/b:pull`);
  const ctx = createExecutionContext();
  const response = await answerOci(request, wireRequest({ ...env, PUBLIC_READS: "false" }, ctx, request));
  await waitOnExecutionContext(ctx);
  expect(await grantedBy(response)).toEqual({ who: "anonymous", scopes: [] });
});

it("means all actions by *, and leaves out types and actions that it does not know", async () => {
  const query =
    "?scope=repository(plugin):a:*&scope=repository:b:pull,metadata_read&scope=image:x:pull&scope=registry:catalog:pull&scope=repository:c:";
  const { scopes } = await grantedBy(await getToken(query, login));
  expect(scopes).toEqual(["repository:a:pull,push,delete", "repository:b:pull"]);
});

it("gives a token for no scope at all, as `login` asks for it", async () => {
  const query = "?account=me&client_id=docker&offline_token=true&service=callsheet";
  expect(await grantedBy(await getToken(query, login))).toEqual({ who: "admin", scopes: [] });
  expect(await grantedBy(await getToken("?scope=", login))).toEqual({ who: "admin", scopes: [] });
});

it("takes a form as well: user and password, or the token as what clients call an identity token", async () => {
  const scope = "repository:a/b:pull,push repository:c:pull";
  const scopes = scope.split(" ");
  const form = { grant_type: "password", service: "callsheet", client_id: "docker", scope };
  const byPassword = await postForm({ ...form, username: "me", password: "test-admin-token" });
  expect(await grantedBy(byPassword)).toEqual({ who: "admin", scopes });
  const byToken = await postForm({ ...form, grant_type: "refresh_token", refresh_token: "test-admin-token" });
  expect(await grantedBy(byToken)).toEqual({ who: "admin", scopes });
});

it("refuses wrong logins with 401, however they come, and says that it takes Basic", async () => {
  const granted = ociTokenAnswer.parse(await (await getToken("?scope=repository:a:pull", login)).json()).token;
  const refused = [
    getToken("", { Authorization: `Basic ${btoa("me:wrong")}` }),
    getToken("", { Authorization: "Negotiate x" }),
    getToken("", { Authorization: "Bearer wrong" }),
    getToken("?scope=repository:a:push", { Authorization: `Bearer ${granted}` }),
    postForm({ grant_type: "password", username: "me", password: "wrong" }),
    postForm({ grant_type: "password", username: "me" }),
    postForm({ grant_type: "refresh_token", refresh_token: granted }),
  ];
  for (const response of await Promise.all(refused)) {
    expect(response.headers.get("www-authenticate")).toBe('Basic realm="callsheet"');
    expect((await refusalOf(response, 401)).code).toBe("UNAUTHORIZED");
  }
});

it.each([
  "repository",
  "repository:a",
  "::",
  ":a:pull",
  "REPOSITORY:a:pull",
  "repository:a:PULL",
  "repository::pull",
  "x".repeat(5000),
])("refuses the scope %s", async (scope) => {
  const query = `?scope=${encodeURIComponent(scope)}`;
  for (const response of [await getToken(query), await getToken(query, login)]) {
    expect((await refusalOf(response, 400)).message).toContain("is no scope");
  }
  expect((await refusalOf(await postForm({ grant_type: "password", scope }), 400)).message).toContain("is no scope");
});

it.each(["A", "a//b", "../a", "a b".replace(" ", "\u0000"), "é", "host:5000/a", "a".repeat(300)])(
  "refuses a scope of what can be no repository: %j",
  async (name) => {
    const response = await getToken(`?scope=${encodeURIComponent(`repository:${name}:pull`)}`, login);
    expect((await refusalOf(response, 400)).code).toBe("NAME_INVALID");
  },
);

it("refuses more scopes than one token takes", async () => {
  const many = Array.from({ length: limits.ociScopes + 1 }, (_, at) => `repository:a${at}:pull`);
  expect((await grantedBy(await getToken(`?scope=${many.slice(1).join("+")}`, login))).scopes).toHaveLength(
    limits.ociScopes,
  );
  expect((await refusalOf(await getToken(`?scope=${many.join("+")}`, login), 400)).message).toContain("at most");
});

it("refuses forms that are no login: another grant, none, too large, compressed", async () => {
  expect((await refusalOf(await postForm({ grant_type: "authorization_code", code: "x" }), 400)).code).toBe(
    "UNSUPPORTED",
  );
  expect((await refusalOf(await postForm(""), 400)).message).toContain("grant_type=password");
  expect((await refusalOf(await postForm("\u0000=&&&%zz=%"), 400)).message).toContain("grant_type=password");
  const large = { grant_type: "password", password: "x".repeat(limits.ociTokenRequestBytes) };
  await refusalOf(await postForm(large), 413);
  const compressed = { method: "POST", body: "x", headers: { "Content-Encoding": "gzip" } };
  await refusalOf(await SELF.fetch(path, compressed), 415);
});

it("never lets a token be kept by caches, and takes no other methods", async () => {
  expect((await getToken("", login)).headers.get("cache-control")).toBe("no-store");
  const response = await SELF.fetch(path, { method: "DELETE" });
  expect(response.headers.get("allow")).toBe("GET, POST");
  await refusalOf(response, 405);
});
