import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { imageManifest } from "../../src/contract/oci/manifest.ts";
import { aDocument, aName, ask, change, publish } from "./a-registry.ts";
import { anImage, digestOf, get, imageType, indexType, ociRefusalOf, push, put } from "./an-image.ts";

/** A template with versions 1.0.0, 1.1.0 and 2.0.0, and `stable` on 1.0.0. */
async function aTemplate(): Promise<{ name: string; repository: string }> {
  const name = aName("oci_pulled");
  for (const version of ["1.0.0", "1.1.0", "2.0.0"]) await publish(aDocument(name, { version }));
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.0.0" });
  return { name, repository: `templates/${name}` };
}

async function versionAt(repository: string, reference: string): Promise<string | undefined> {
  const answer = await get(`${repository}/manifests/${reference}`);
  if (answer.status === 404) return (await answer.body?.cancel()) ?? undefined;
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  expect(answer.headers.get("docker-content-digest")).toBe(await digestOf(text));
  return imageManifest.parse(JSON.parse(text)).annotations?.["org.opencontainers.image.version"];
}

it("answers versions, tags and digests of what was published by another way", async () => {
  const { repository } = await aTemplate();
  expect(await versionAt(repository, "1.0.0")).toBe("1.0.0");
  expect(await versionAt(repository, "stable")).toBe("1.0.0");
  expect(await versionAt(repository, "latest")).toBe("2.0.0");
  const digest = (await get(`${repository}/manifests/1.1.0`)).headers.get("docker-content-digest") ?? "";
  expect(await versionAt(repository, digest)).toBe("1.1.0");
  await ociRefusalOf(await get(`${repository}/manifests/3.0.0`), 404, "MANIFEST_UNKNOWN");
  await ociRefusalOf(await get(`${repository}/manifests/none`), 404, "MANIFEST_UNKNOWN");
});

it("makes the manifests of versions of before there were any, whichever way they are asked for", async () => {
  const { name, repository } = await aTemplate();
  const made = (await get(`${repository}/manifests/1.0.0`)).headers.get("docker-content-digest") ?? "";
  for (const reference of ["1.0.0", "stable", made]) {
    await env.DB.batch([
      env.DB.prepare("UPDATE artifact_version SET manifest_digest = NULL WHERE name = ?").bind(name),
      env.DB.prepare("DELETE FROM oci_manifest WHERE repository = ?").bind(repository),
    ]);
    // A change makes the keeper forget what it had read.
    await change("PUT", `/v1/templates/${name}/tags/${reference === "stable" ? "a" : "b"}`, { version: "1.1.0" });
    await change("DELETE", `/v1/templates/${name}/tags/${reference === "stable" ? "a" : "b"}`);
    expect(await versionAt(repository, reference)).toBe("1.0.0");
  }
});

it("lists versions and tags together, by pages, and the repository in the catalogue", async () => {
  const { repository } = await aTemplate();
  const list = await get(`${repository}/tags/list`);
  expect(await list.json()).toEqual({ name: repository, tags: ["1.0.0", "1.1.0", "2.0.0", "latest", "stable"] });
  const page = await get(`${repository}/tags/list?n=2&last=1.1.0`);
  expect(await page.json()).toEqual({ name: repository, tags: ["2.0.0", "latest"] });
  expect(page.headers.get("link")).toBe(`</v2/${repository}/tags/list?n=2&last=latest>; rel="next"`);
  const catalog: { repositories: string[] } = await (
    await get(`_catalog?n=1000&last=${repository.slice(0, -1)}`)
  ).json();
  expect(catalog.repositories).toContain(repository);
});

it("warns of a deprecated version, by whichever reference, in a header that any client can read", async () => {
  const { name, repository } = await aTemplate();
  const digest = (await get(`${repository}/manifests/1.0.0`)).headers.get("docker-content-digest") ?? "";
  expect((await get(`${repository}/manifests/1.0.0`)).headers.get("warning")).toBeNull();
  const message = `is it "slow"?\nUse \\ another – ${"x".repeat(1900)}`;
  await change("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`, { message, successor: `${name}@2.0.0` });
  for (const reference of ["1.0.0", "stable", digest]) {
    const warning = (await get(`${repository}/manifests/${reference}`)).headers.get("warning") ?? "";
    expect(warning).toContain(`299 - "${repository}:1.0.0 is deprecated: is it \\"slow\\"? Use \\\\ another ? xxx`);
    expect(warning).toMatch(/^299 - "[ -~]*"$/);
  }
  await change("POST", `/v1/templates/${name}/versions/1.0.0:restore`);
  expect((await get(`${repository}/manifests/stable`)).headers.get("warning")).toBeNull();
});

it("answers a yanked version by its number only, and a deleted one never", async () => {
  const { name, repository } = await aTemplate();
  await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`);
  expect(await versionAt(repository, "1.0.0")).toBe("1.0.0");
  expect(await versionAt(repository, "stable")).toBeUndefined();
  const digest = (await get(`${repository}/manifests/2.0.0`)).headers.get("docker-content-digest") ?? "";
  await change("DELETE", `/v1/templates/${name}/versions/2.0.0`);
  for (const gone of ["2.0.0", digest]) expect(await versionAt(repository, gone)).toBeUndefined();
  expect(await versionAt(repository, "latest")).toBe("1.1.0");
  const list: { tags: string[] } = await (await get(`${repository}/tags/list`)).json();
  expect(list.tags).toEqual(["1.0.0", "1.1.0", "latest"]);
});

it("answers as new as the last change, whatever way it came", async () => {
  const { name, repository } = await aTemplate();
  for (const version of ["1.1.0", "2.0.0", "1.0.0"]) {
    await change("PUT", `/v1/templates/${name}/tags/stable`, { version });
    expect(await versionAt(repository, "stable")).toBe(version);
  }
  await publish(aDocument(name, { version: "2.1.0" }));
  expect(await versionAt(repository, "latest")).toBe("2.1.0");
});

it("stores signatures of an artifact beside it, and registers nothing by them", async () => {
  const { name, repository } = await aTemplate();
  const answer = await get(`${repository}/manifests/1.0.0`);
  const digest = answer.headers.get("docker-content-digest") ?? "";
  const subject = { mediaType: imageType, digest, size: (await answer.arrayBuffer()).byteLength };
  const signature = await anImage(repository, { artifactType: "application/vnd.sign", subject });
  const signed = await push(repository, await digestOf(signature), signature);
  const fallback = digest.replace(":", "-");
  const index = { schemaVersion: 2, manifests: [{ mediaType: imageType, digest: signed, size: 1 }] };
  await push(repository, fallback, index, indexType);
  expect((await get(`${repository}/manifests/${fallback}`)).headers.get("content-type")).toBe(indexType);
  const referrers: { manifests: { digest: string }[] } = await (await get(`${repository}/referrers/${digest}`)).json();
  expect(referrers.manifests.map((one) => one.digest)).toEqual([signed]);
  const list: { tags: string[] } = await (await get(`${repository}/tags/list`)).json();
  expect(list.tags).toContain(fallback);
  const versions: { versions: object[] } = await (await ask("GET", `/v1/templates/${name}/versions`)).json();
  expect(versions.versions).toHaveLength(3);
});

it("refuses an index as an artifact, and says why", async () => {
  const { repository } = await aTemplate();
  const index = { schemaVersion: 2, manifests: [] };
  const told = await ociRefusalOf(await put(repository, "v9", index, { type: indexType }), 400, "MANIFEST_INVALID");
  expect(told).toContain("an index cannot be the template");
});
