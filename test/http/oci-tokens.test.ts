import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import type { AccessScope } from "../../src/contract/access/scope.ts";
import { ociErrors } from "../../src/contract/oci/failure.ts";
import { ociTokenAnswer } from "../../src/contract/oci/token.ts";
import { bytesOf } from "./a-file.ts";
import { pushText } from "./a-pushed-artifact.ts";
import { ask, read } from "./a-registry.ts";
import { aBlob, aManifest, emptyConfig, push, putBlob } from "./a-repository.ts";
import { aFunctionText } from "./a-source.ts";
import { anAccessToken, aRevokedToken, askOf } from "./an-access-token.ts";

const registries: Record<string, Env> = {
  public: { ...env, PUBLIC_READS: "true" },
  private: { ...env, PUBLIC_READS: "false" },
};
const inside = "oci-tokens/inside/a";
const zeros = `sha256:${"0".repeat(64)}`;
/** Every route of `/v2/`, and the right that it needs. */
const wishes = {
  ping: ["GET", "/v2/", null],
  catalog: ["GET", "/v2/_catalog", "pull"],
  tags: ["GET", `/v2/${inside}/tags/list`, "pull"],
  referrers: ["GET", `/v2/${inside}/referrers/${zeros}`, "pull"],
  manifest: ["GET", `/v2/${inside}/manifests/none`, "pull"],
  has_manifest: ["HEAD", `/v2/${inside}/manifests/none`, "pull"],
  blob: ["GET", `/v2/${inside}/blobs/${zeros}`, "pull"],
  has_blob: ["HEAD", `/v2/${inside}/blobs/${zeros}`, "pull"],
  put_manifest: ["PUT", `/v2/${inside}/manifests/v1`, "push"],
  delete_manifest: ["DELETE", `/v2/${inside}/manifests/none`, "push"],
  delete_blob: ["DELETE", `/v2/${inside}/blobs/${zeros}`, "push"],
  begin_upload: ["POST", `/v2/${inside}/blobs/uploads/`, "push"],
  mount: ["POST", `/v2/${inside}/blobs/uploads/?mount=${zeros}&from=oci-tokens/elsewhere`, "push"],
  find_upload: ["GET", `/v2/${inside}/blobs/uploads/none`, "push"],
  send_chunk: ["PATCH", `/v2/${inside}/blobs/uploads/none`, "push"],
  end_upload: ["PUT", `/v2/${inside}/blobs/uploads/none?digest=${zeros}`, "push"],
  cancel_upload: ["DELETE", `/v2/${inside}/blobs/uploads/none`, "push"],
} as const;

const may: Record<"pull" | "push", AccessScope[]> = {
  pull: ["read", "publish", "run", "admin"],
  push: ["publish", "admin"],
};
const basic = (password: string) => `Basic ${btoa(`anyone:${password}`)}`;

interface Sender {
  authorization: string | null;
  scopes: AccessScope[] | null;
  fits: boolean;
}

async function senders(): Promise<Record<string, Sender>> {
  const all: AccessScope[] = ["read", "publish", "run", "runner", "admin"];
  const known = async (scopes: AccessScope[], names = ["*"]) => (await anAccessToken({ scopes, names })).token;
  const nobody = (authorization: string | null) => ({ authorization, scopes: null, fits: true });
  const ofScope = all.map(async (scope): Promise<[string, Sender]> => {
    return [`scope ${scope}`, { authorization: basic(await known([scope])), scopes: [scope], fits: true }];
  });
  return {
    "no credentials": nobody(null),
    "an unknown token": nobody(basic(`cst_${"d".repeat(48)}`)),
    "an expired token": nobody(basic((await anAccessToken({ scopes: all, expiresAt: "2026-01-01T00:00:00Z" })).token)),
    "a revoked token": nobody(basic((await aRevokedToken(all)).token)),
    ...Object.fromEntries(await Promise.all(ofScope)),
    "a token by Bearer": { authorization: `Bearer ${await known(["publish"])}`, scopes: ["publish"], fits: true },
    "names that fit": {
      authorization: basic(await known(["publish"], ["oci-tokens/inside*"])),
      scopes: ["publish"],
      fits: true,
    },
    "names that do not fit": {
      authorization: basic(await known(["publish"], ["oci-tokens/outside*"])),
      scopes: ["publish"],
      fits: false,
    },
  };
}
const made = senders();

function expectedOf(wish: keyof typeof wishes, { authorization, scopes, fits }: Sender, isPublic: boolean) {
  const [, , right] = wishes[wish];
  if (authorization !== null && scopes === null) return 401;
  if (right === null) return scopes === null ? 401 : null;
  if (right === "pull" && isPublic) return null;
  if (scopes === null) return 401;
  if (!scopes.some((scope) => may[right].includes(scope))) return 403;
  return fits || wish === "catalog" ? null : 403;
}

it.each(Object.keys(wishes) as (keyof typeof wishes)[])("lets exactly those do %s at /v2/ who may", async (wish) => {
  for (const [kind, registry] of Object.entries(registries)) {
    for (const [who, sender] of Object.entries(await made)) {
      const [method, path] = wishes[wish];
      const headers = sender.authorization === null ? {} : { Authorization: sender.authorization };
      const response = await askOf(registry, method, path, { headers });
      const cell = `${wish} for ${who} at a ${kind} registry: ${response.status} ${await response.text()}`;
      const expected = expectedOf(wish, sender, kind === "public");
      if (expected === null) expect([401, 403, 500, 503], cell).not.toContain(response.status);
      else expect(response.status, cell).toBe(expected);
    }
  }
});

async function granted(token: string, scope: string): Promise<string> {
  const response = await askOf(registries.private ?? env, "GET", `/v2/token?scope=${scope}`, {
    headers: { Authorization: basic(token) },
  });
  expect(response.status).toBe(200);
  return `Bearer ${ociTokenAnswer.parse(await response.json()).token}`;
}

it("grants by /v2/token what the token's names fit, and no more than it may itself", async () => {
  const { token } = await anAccessToken({ scopes: ["publish"], names: ["oci-tokens/inside*"] });
  const wide = await granted(token, `repository:${inside}:pull,push+repository:oci-tokens/outside/b:pull,push`);
  const status = async (method: string, path: string, authorization: string) =>
    (await askOf(registries.private ?? env, method, path, { headers: { Authorization: authorization } })).status;
  expect(await status("POST", `/v2/${inside}/blobs/uploads/`, wide)).toBe(202);
  expect(await status("POST", "/v2/oci-tokens/outside/b/blobs/uploads/", wide)).toBe(403);
  const narrow = await granted(token, `repository:${inside}:pull`);
  expect(await status("POST", `/v2/${inside}/blobs/uploads/`, narrow)).toBe(401);
  const reader = await anAccessToken({ scopes: ["read"] });
  const pull = await granted(reader.token, `repository:${inside}:pull,push`);
  expect(await status("GET", `/v2/${inside}/tags/list`, pull)).toBe(404);
  expect(await status("POST", `/v2/${inside}/blobs/uploads/`, pull)).toBe(403);
});

it("ends what was granted within seconds when the token behind it is revoked", async () => {
  const { id, token } = await anAccessToken({ scopes: ["publish"] });
  const authorization = await granted(token, `repository:${inside}:pull,push`);
  const begin = () => askOf(env, "POST", `/v2/${inside}/blobs/uploads/`, { headers: { Authorization: authorization } });
  expect((await begin()).status).toBe(202);
  expect((await ask("DELETE", `/v1/tokens/${id}`)).status).toBe(200);
  for (let n = 0; n < 300; n++) {
    const response = await begin();
    if (response.status === 202) {
      await scheduler.wait(50);
      continue;
    }
    expect(response.status).toBe(401);
    expect(ociErrors.parse(await response.json()).errors[0]?.message).toContain("was revoked at");
    return;
  }
  throw new Error("it was never refused");
});

it("shows in the catalogue of a private registry the repositories that fit", async () => {
  const word = "oci-tokens-shown";
  for (const repository of [`${word}/mine`, `${word}/theirs`]) await push(repository, "v1", [aBlob("some")]);
  const { token } = await anAccessToken({ names: [`${word}/mine`] });
  const catalogue = async (from: Env, password: string) => {
    const path = `/v2/_catalog?n=1000&last=${word}`;
    const response = await askOf(from, "GET", path, { headers: { Authorization: basic(password) } });
    const { repositories } = (await response.json()) as { repositories: string[] };
    return repositories.filter((name) => name.startsWith(word));
  };
  expect(await catalogue(registries.private ?? env, token)).toEqual([`${word}/mine`]);
  expect(await catalogue(registries.private ?? env, "test-admin-token")).toEqual([`${word}/mine`, `${word}/theirs`]);
  expect(await catalogue(env, token)).toEqual([`${word}/mine`, `${word}/theirs`]);
});

it("mounts no blob from a repository that the token does not fit", async () => {
  const blob = aBlob("hidden");
  expect(await putBlob("oci-tokens/hidden", blob)).toBe(201);
  const mount = async (names: string[]) => {
    const { token } = await anAccessToken({ scopes: ["publish"], names });
    const path = `/v2/${inside}/blobs/uploads/?mount=${blob.digest}&from=oci-tokens/hidden`;
    const headers = { Authorization: basic(token) };
    return (await askOf(registries.private ?? env, "POST", path, { headers })).status;
  };
  expect(await mount(["oci-tokens/inside*"])).toBe(202);
  expect(await mount(["oci-tokens/inside*", "oci-tokens/hidden"])).toBe(201);
});

it("pushes no function that the token does not fit along with one that it does", async () => {
  const repository = "functions/python.ocitokens_in";
  const text = `${aFunctionText("ocitokens_in")}\n\n${aFunctionText("ocitokens_out")}`;
  const { token } = await anAccessToken({ scopes: ["publish"], names: [repository] });
  const file = "both.py";
  // The admin sends the blobs and registers both; then the other's function is changed by who may not.
  const first = await pushText(repository, "1.0.0", text, { mediaType: "text/x-python", file });
  expect(first.status, await first.text()).toBe(201);
  const changed = text.replaceAll("1.0", "2.0");
  const bytes = bytesOf(changed);
  const layer = { bytes, digest: `sha256:${await sha256(bytes)}` };
  for (const blob of [layer, emptyConfig]) await putBlob(repository, blob);
  const manifest = aManifest([], {
    layers: [
      {
        mediaType: "text/x-python",
        digest: layer.digest,
        size: bytes.byteLength,
        annotations: { "org.opencontainers.image.title": file },
      },
    ],
  });
  const put = (password: string) =>
    ask("PUT", `/v2/${repository}/manifests/2.0.0`, {
      token: null,
      headers: { Authorization: basic(password), "Content-Type": "application/vnd.oci.image.manifest.v1+json" },
      body: manifest.bytes,
    });
  const refused = await put(token);
  expect(refused.status).toBe(403);
  expect(ociErrors.parse(await refused.json()).errors[0]).toMatchObject({ code: "DENIED" });
  expect((await read("/v1/functions/python.ocitokens_out@2.0.0")).status).toBe(404);
  expect((await put("test-admin-token")).status).toBe(201);
});

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
