import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { ociErrors } from "../../src/contract/oci/failure.ts";
import { type OciHolder, ociTokenAnswer } from "../../src/contract/oci/token.ts";
import { createOciTokens } from "../../src/domain/oci/access-token.ts";
import { answerOci } from "../../src/http/oci/answer-oci.ts";
import { ociTokensOf } from "../../src/worker/oci-credentials.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";

const origin = "http://registry.example";
const ours = "oci-access/ours";
const withRunner = { ...env, CALLSHEET_RUNNER_TOKEN: "a-runner-token" };
const registries: Record<string, Env> = {
  public: { ...withRunner, PUBLIC_READS: "true" },
  private: { ...withRunner, PUBLIC_READS: "false" },
};

async function askOci(from: Env, method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(path.startsWith("/") ? `${origin}${path}` : path, { method, ...init });
  const ctx = createExecutionContext();
  const response = await answerOci(request, wireRequest(from, ctx, request));
  await waitOnExecutionContext(ctx);
  return response;
}

const asked = {
  ping: ["GET", "/v2/"],
  catalog: ["GET", "/v2/_catalog"],
  pull_manifest: ["GET", `/v2/${ours}/manifests/none`],
  pull_blob: ["GET", `/v2/${ours}/blobs/sha256:${"0".repeat(64)}`],
  push: ["PUT", `/v2/${ours}/manifests/v1`],
  delete: ["DELETE", `/v2/${ours}/manifests/none`],
} as const;
type Asked = keyof typeof asked;

const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`;

function token(who: OciHolder, scopes: string[], seconds = 60): string {
  const until = Math.floor(Date.now() / 1000) + seconds;
  return `Bearer ${ociTokensOf(env).write({ who, scopes, until })}`;
}

const pullToken = token("admin", [`repository:${ours}:pull`]);
const senders: Record<string, string | null> = {
  "no credentials": null,
  "an anonymous token": token("anonymous", [`repository:${ours}:pull`, "registry:catalog:*"]),
  "an anonymous token of someone who had more before": token("anonymous", [`repository:${ours}:pull,push,delete`]),
  "a wrong password": basic("admin", "wrong"),
  "an empty password": basic("", ""),
  "no colon": `Basic ${btoa("test-admin-token")}`,
  "no base64": "Basic %%%",
  "another scheme": "Digest test-admin-token",
  "a scheme alone": "Bearer",
  "an empty header": "",
  "a wrong token": "Bearer wrong",
  "the admin token by Basic": basic("whoever", "test-admin-token"),
  "the admin token by bASIC": basic("", "test-admin-token").replace("Basic", "bASIC"),
  "the admin token by Bearer": "Bearer test-admin-token",
  "the runner token by Basic": basic("runner", "a-runner-token"),
  "the admin's token for pulling": pullToken,
  "the admin's token for everything here": token("admin", [
    `repository:${ours}:pull,push,delete`,
    "registry:catalog:*",
  ]),
  "the admin's token for pushing here": token("admin", [`repository:${ours}:push`]),
  "the admin's token for pushing elsewhere": token("admin", ["repository:oci-access/theirs:pull,push"]),
  "the admin's token without scopes": token("admin", []),
  "a runner's token": token("runner", [`repository:${ours}:pull,push`]),
  "an expired token": token("admin", [`repository:${ours}:pull,push`, "registry:catalog:*"], -1),
  "an altered token": pullToken.replace(/^Bearer ../, "Bearer ab"),
  "a token with another's signature": pullToken.replace(/\..*/, token("admin", []).replace(/.*\./, ".")),
};

/** What each may do; all else is 401, or 403 where that is said. */
const all: Asked[] = ["ping", "catalog", "pull_manifest", "pull_blob", "push", "delete"];
const reads: Asked[] = ["catalog", "pull_manifest", "pull_blob"];
const none: Asked[] = [];
const expected: Record<string, { public: Asked[]; private: Asked[]; forbidden?: Asked[] }> = {
  "no credentials": { public: reads, private: none },
  "an anonymous token": { public: ["ping", ...reads], private: none },
  "an anonymous token of someone who had more before": { public: ["ping", ...reads], private: none },
  "a wrong password": { public: none, private: none },
  "an empty password": { public: none, private: none },
  "no colon": { public: none, private: none },
  "no base64": { public: none, private: none },
  "another scheme": { public: none, private: none },
  "a scheme alone": { public: none, private: none },
  "an empty header": { public: none, private: none },
  "a wrong token": { public: none, private: none },
  "the admin token by Basic": { public: all, private: all },
  "the admin token by bASIC": { public: all, private: all },
  "the admin token by Bearer": { public: all, private: all },
  "the runner token by Basic": { public: ["ping", ...reads], private: ["ping"], forbidden: all },
  "the admin's token for pulling": { public: ["ping", ...reads], private: ["ping", "pull_manifest", "pull_blob"] },
  "the admin's token for everything here": { public: all, private: all },
  "the admin's token for pushing here": { public: all, private: ["ping", "push", "delete"] },
  "the admin's token for pushing elsewhere": { public: ["ping", ...reads], private: ["ping"] },
  "the admin's token without scopes": { public: ["ping", ...reads], private: ["ping"] },
  "a runner's token": { public: ["ping", ...reads], private: ["ping"], forbidden: all },
  "an expired token": { public: none, private: none },
  "an altered token": { public: none, private: none },
  "a token with another's signature": { public: none, private: none },
};

const scopes: Record<Asked, string | null> = {
  ping: null,
  catalog: "registry:catalog:*",
  pull_manifest: `repository:${ours}:pull`,
  pull_blob: `repository:${ours}:pull`,
  push: `repository:${ours}:pull,push`,
  delete: `repository:${ours}:pull,delete`,
};

it.each(Object.keys(senders).flatMap((sender) => ["public", "private"].map((kind) => [sender, kind] as const)))(
  "lets who sends %s do just what it may in a %s registry, and says to the others where tokens are to be had",
  async (sender, kind) => {
    const may = expected[sender];
    const from = registries[kind];
    if (may === undefined || from === undefined) throw new Error("a row without expectations");
    const authorization = senders[sender] ?? null;
    for (const what of all) {
      const [method, path] = asked[what];
      const init = { headers: authorization === null ? {} : { Authorization: authorization } };
      const body = method === "PUT" ? { body: "{}" } : {};
      const response = await askOci(from, method, path, { ...init, ...body });
      const text = await response.text();
      const told = `${sender}: ${what} in a ${kind} registry: ${response.status} ${text}`;
      if (may[kind === "public" ? "public" : "private"].includes(what)) {
        expect([200, 400, 404, 415], told).toContain(response.status);
        continue;
      }
      const refused = may.forbidden?.includes(what) ? 403 : 401;
      expect(response.status, told).toBe(refused);
      const [error] = ociErrors.parse(JSON.parse(text)).errors;
      expect(error?.message.length, told).toBeGreaterThan(10);
      const challenge = response.headers.get("www-authenticate");
      if (refused === 403) {
        expect(error?.code).toBe("DENIED");
        expect(challenge).toBeNull();
        continue;
      }
      const start = `Bearer realm="${origin}/v2/token",service="callsheet"`;
      const scope = scopes[what] === null ? "" : `,scope="${scopes[what]}"`;
      expect([start + scope, `${start + scope},error="insufficient_scope"`], told).toContain(challenge);
    }
  },
);

it("says to who has a good token for something else that another helps", async () => {
  const response = await askOci(registries.public ?? env, "PUT", asked.push[1], {
    headers: { Authorization: pullToken },
    body: "{}",
  });
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  expect(await response.json()).toMatchObject({ errors: [{ code: "DENIED" }] });
});

it("takes no token of a registry with another secret, and none that claims rights where no secret was ever set", async () => {
  const other = { ...env, CALLSHEET_ADMIN_TOKEN: "another" };
  expect((await askOci(other, "GET", "/v2/", { headers: { Authorization: pullToken } })).status).toBe(401);
  const { CALLSHEET_ADMIN_TOKEN: _, ...bare } = env;
  const until = Math.floor(Date.now() / 1000) + 60;
  const forged = ociTokensOf(bare).write({ who: "admin", scopes: [`repository:${ours}:pull,push`], until });
  const init = { headers: { Authorization: `Bearer ${forged}` }, body: "{}" };
  expect((await askOci(bare, "PUT", asked.push[1], init)).status).toBe(401);
  const anonymous = ociTokenAnswer.parse(await (await askOci(bare, "GET", "/v2/token")).json());
  const headers = { Authorization: `Bearer ${anonymous.token}` };
  expect((await askOci(bare, "GET", asked.pull_manifest[1], { headers })).status).toBe(404);
});

it("takes nothing that a runner can sign for an admin's", async () => {
  const { CALLSHEET_ADMIN_TOKEN: _, ...adminless } = withRunner;
  const { CALLSHEET_RUNNER_TOKEN: secret } = withRunner;
  const until = Math.floor(Date.now() / 1000) + 60;
  const forged = createOciTokens(secret).write({ who: "admin", scopes: [`repository:${ours}:pull,push`], until });
  const init = { headers: { Authorization: `Bearer ${forged}` }, body: "{}" };
  expect((await askOci(adminless, "PUT", asked.push[1], init)).status).toBe(401);
});

it("counts a token as expired to the second", async () => {
  const [soon, late] = [token("admin", [], limits.ociTokenSeconds), token("admin", [], 0)];
  expect((await askOci(env, "GET", "/v2/", { headers: { Authorization: soon } })).status).toBe(200);
  expect((await askOci(env, "GET", "/v2/", { headers: { Authorization: late } })).status).toBe(401);
});

const open = { ...env, ENVIRONMENT: "local", ANONYMOUS_PUSH: "true" };

it.each(["localhost:8787", "127.0.0.1:8787", "[::1]:8787"])(
  "lets a program on this machine push and delete without a login where that is set, by the name %s",
  async (host) => {
    const base = `http://${host}`;
    for (const what of ["push", "delete", "pull_manifest"] as const) {
      const [method, path] = asked[what];
      const response = await askOci(open, method, base + path, method === "PUT" ? { body: "{}" } : {});
      expect([400, 404, 415]).toContain(response.status);
    }
    const granted = await askOci(open, "GET", `${base}/v2/token?scope=repository:${ours}:pull,push`);
    const { token: anonymous } = ociTokenAnswer.parse(await granted.json());
    const headers = { Authorization: `Bearer ${anonymous}` };
    expect((await askOci(open, "PUT", base + asked.push[1], { headers, body: "{}" })).status).not.toBe(401);
    // Clients look for the login here, so that it goes on working.
    expect((await askOci(open, "GET", `${base}/v2/`)).status).toBe(401);
  },
);

it("lets no web page push, and nobody who calls this machine by another name, whatever is set", async () => {
  const [method, path] = asked.push;
  const asks = [
    askOci(open, method, `http://localhost${path}`, { headers: { Origin: "https://a.page" }, body: "{}" }),
    askOci(open, method, `http://rebound.example${path}`, { body: "{}" }),
    askOci(open, method, `http://localhost.rebound.example${path}`, { body: "{}" }),
    askOci(open, method, `http://localhost${path}`, { headers: { Authorization: "Bearer wrong" }, body: "{}" }),
  ];
  expect((await Promise.all(asks)).map((response) => response.status)).toEqual([401, 401, 401, 401]);
});
