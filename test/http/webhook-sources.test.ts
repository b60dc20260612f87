import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { aSource, aSourceName, push, pushBody, sendSigned, statusesOf } from "./a-hook.ts";
import { aDocument, aName, ask, askJson, refusalOf } from "./a-registry.ts";

const path = (name: string) => `/v1/webhook-sources/${name}`;

describe("a webhook source", () => {
  it("is made with a secret that is shown once, and kept sealed", async () => {
    const name = aSourceName();
    const asked = { name, provider: "github", repository: "acme/templates", credential: "ghp_something" };
    const response = await askJson("POST", "/v1/webhook-sources", asked);
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe(path(name));
    const made: Record<string, unknown> = await response.json();
    expect(made).toMatchObject({
      ...{ name, provider: "github", branch: "main", state: "active", mode: "publish", atomic: true, api_url: null },
      ...{ secret: expect.stringMatching(/^[0-9a-f]{64}$/), has_credential: true, synced_commit: null, files: 0 },
      hook_path: `/v1/webhooks/github/${name}`,
    });
    const told = JSON.stringify(await (await ask("GET", path(name))).json());
    expect(told).not.toContain(String(made.secret));
    expect(told).not.toContain("ghp_something");
    const row = JSON.stringify(await env.DB.prepare("SELECT * FROM webhook_source WHERE name = ?").bind(name).first());
    expect(row).not.toContain(String(made.secret));
    expect(row).not.toContain("ghp_something");
    const list: { items: { name: string }[] } = await (await ask("GET", "/v1/webhook-sources")).json();
    expect(list.items.map((item) => item.name)).toContain(name);
  });

  it("refuses a name that is taken, a secret that cannot sign, and an address with a password", async () => {
    const { name } = await aSource();
    const asked = { name, provider: "generic", repository: "acme/a" };
    expect((await refusalOf(await askJson("POST", "/v1/webhook-sources", asked), 409)).code).toBe("STATE_CONFLICT");
    const weak = { ...asked, name: aSourceName(), secret: "this is no base64!".replaceAll(" ", "-") };
    await refusalOf(await askJson("POST", "/v1/webhook-sources", weak), 400);
    const leaky = { ...asked, name: aSourceName(), provider: "github", api_url: "https://me:secret@host.example/api" };
    await refusalOf(await askJson("POST", "/v1/webhook-sources", leaky), 400);
    expect((await refusalOf(await ask("GET", path("nobody")), 404)).code).toBe("SOURCE_NOT_FOUND");
  });

  it("is changed where something is said, and signs with its new secret at once", async () => {
    const source = await aSource({ atomic: false, paths: ["a/**"] });
    const secret = `whsec_${btoa("a secret of thirty-two letters!!")}`;
    const changed = await askJson("PUT", path(source.name), { secret, mode: "plan" });
    expect(await changed.json()).toMatchObject({ mode: "plan", atomic: false, paths: ["a/**"], branch: "main" });
    expect((await sendSigned(source, pushBody({}))).status).toBe(401);
    expect((await sendSigned({ ...source, secret }, pushBody({}))).status).toBe(202);
  });

  it("begins anew for another branch, and is forgotten with its deliveries when it is removed", async () => {
    const source = await aSource();
    const document = aDocument(aName());
    await push(source, { commit: "one", files: { "a.json": document } });
    expect(await (await ask("GET", path(source.name))).json()).toMatchObject({ synced_commit: "one", files: 1 });
    await askJson("PUT", path(source.name), { branch: "release" });
    expect(await (await ask("GET", path(source.name))).json()).toMatchObject({ synced_commit: null, files: 0 });
    expect(statusesOf(await push(source, { files: { "a.json": document } }))).toEqual({ "a.json": "unchanged" });
    expect((await ask("DELETE", path(source.name))).status).toBe(200);
    await refusalOf(await ask("GET", `${path(source.name)}/deliveries`), 404);
    expect((await sendSigned(source, pushBody({}))).status).toBe(404);
  });

  it("pages through its deliveries, newest first, and by state", async () => {
    const source = await aSource({ atomic: false });
    const ids: string[] = [];
    for (const files of [
      { "a.json": aDocument(aName()) },
      { "b.yaml": "template: 1\n" },
      { "c.json": aDocument(aName()) },
    ]) {
      ids.unshift((await push(source, { files })).id);
    }
    const seen: string[] = [];
    let query = "?limit=2";
    while (query !== "") {
      const response = await ask("GET", `${path(source.name)}/deliveries${query}`);
      const page: { items: { id: string }[]; next_cursor: string | null } = await response.json();
      seen.push(...page.items.map(({ id }) => id));
      query = page.next_cursor === null ? "" : `?limit=2&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual(ids);
    const failed = await ask("GET", `${path(source.name)}/deliveries?state=failed`);
    expect(await failed.json()).toMatchObject({ items: [{ id: ids[1], state: "failed" }] });
    await refusalOf(await ask("GET", `${path(source.name)}/deliveries?cursor=bm8`), 400);
  });

  it("is not synced when it is generic, or paused", async () => {
    const generic = await aSource();
    expect((await refusalOf(await ask("POST", `${path(generic.name)}:sync`), 409)).detail).toContain("generic");
    const paused = await aSource({ provider: "github" });
    await askJson("PUT", path(paused.name), { state: "paused" });
    expect((await refusalOf(await ask("POST", `${path(paused.name)}:sync`), 409)).detail).toContain("paused");
  });
});
