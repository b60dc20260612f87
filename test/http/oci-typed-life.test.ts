import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { listUnpackagedVersions, packageVersions } from "../../src/bindings/d1/oci/unpackaged-versions.ts";
import { artifactManifestOf } from "../../src/domain/oci/artifact-manifest.ts";
import { sweepManifests } from "../../src/operations/oci/typed/sweep-manifests.ts";
import { registrarsOf } from "../../src/worker/registrars.ts";
import { aTemplateText, change, manifestOf, pushed, pushText, registered, told } from "./a-pushed-artifact.ts";
import { aName, ask, read } from "./a-registry.ts";
import { collecting, forget } from "./a-repository.ts";
import { digestOf, get, ociRefusalOf, put } from "./an-image.ts";

it("deleting a tag deletes the tag; deleting a version's number or its manifest deletes the version", async () => {
  const name = aName("deleted");
  const repository = `templates/${name}`;
  await pushed(repository, "v1", aTemplateText(name, "1.0.0"));
  const second = await pushed(repository, "v2", aTemplateText(name, "1.1.0"));
  await ociRefusalOf(await ask("DELETE", `/v2/${repository}/manifests/latest`), 405, "UNSUPPORTED");
  expect((await ask("DELETE", `/v2/${repository}/manifests/v1`)).status).toBe(202);
  expect((await get(`${repository}/manifests/v1`)).status).toBe(404);
  await ociRefusalOf(await ask("DELETE", `/v2/${repository}/manifests/v1`), 404, "MANIFEST_UNKNOWN");
  expect((await ask("DELETE", `/v2/${repository}/manifests/1.0.0`)).status).toBe(202);
  expect((await read(`/v1/templates/${name}@1.0.0`)).status).toBe(410);
  expect((await ask("DELETE", `/v2/${repository}/manifests/${second}`)).status).toBe(202);
  expect((await get(`${repository}/manifests/${second}`)).status).toBe(404);
  expect((await read(`/v1/templates/${name}@1.1.0`)).status).toBe(410);
  expect(await (await get(`${repository}/tags/list`)).json()).toMatchObject({ tags: [] });
  const again = await pushText(repository, "v1", aTemplateText(name, "1.0.0"));
  expect(await ociRefusalOf(again, 409, "MANIFEST_INVALID")).toContain("never be published again");
});

it("states made by the JSON API show at once: yanked leaves its tags, deprecated warns, deleted is gone", async () => {
  const name = aName("states");
  const repository = `templates/${name}`;
  await pushed(repository, "v1", aTemplateText(name));
  await change("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`, {
    message: "use other_one",
    successor: "other_one",
  });
  expect((await get(`${repository}/manifests/v1`)).headers.get("warning")).toMatch(/^299 - ".*use other_one.*"$/);
  await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`);
  expect((await get(`${repository}/manifests/v1`)).status).toBe(404);
  expect((await get(`${repository}/manifests/1.0.0`)).status).toBe(200);
  await change("DELETE", `/v1/templates/${name}/versions/1.0.0`);
  expect((await get(`${repository}/manifests/1.0.0`)).status).toBe(404);
});

it("signatures and other manifests about an artifact are stored and register nothing", async () => {
  const name = aName("signed");
  const repository = `templates/${name}`;
  const digest = await pushed(repository, "v1", aTemplateText(name));
  const signature = await manifestOf(repository, "not a template", {
    mediaType: "application/vnd.dev.cosign.simplesigning.v1+json",
  });
  const tag = `${digest.replace(":", "-")}.sig`;
  expect((await put(repository, tag, signature)).status).toBe(201);
  expect((await get(`${repository}/manifests/${tag}`)).status).toBe(200);
  const attached = {
    ...signature,
    subject: { mediaType: "application/vnd.oci.image.manifest.v1+json", digest, size: 2 },
  };
  expect((await put(repository, await digestOf(attached), attached)).status).toBe(201);
  expect(await (await get(`${repository}/referrers/${digest}`)).json()).toMatchObject({
    manifests: [{ digest: await digestOf(attached) }],
  });
  expect(await told(`/v1/templates/${name}/versions`)).toMatchObject({ versions: [{ version: "1.0.0" }] });
});

it("versions of before there were manifests are given theirs when they are asked for", async () => {
  const name = aName("older");
  const repository = `templates/${name}`;
  const digest = await publishedBefore(name);
  expect((await get(`${repository}/manifests/stable`)).headers.get("docker-content-digest")).toBe(digest);
  expect((await get(`${repository}/manifests/${digest}`)).status).toBe(200);
});

it("a manifest that a version was given later is the version's: deleting it deletes the version", async () => {
  const name = aName("older");
  const repository = `templates/${name}`;
  const digest = await publishedBefore(name);
  expect(await sweepManifests(collecting, new Date())).toBeGreaterThan(0);
  expect((await get(`${repository}/manifests/stable`)).headers.get("docker-content-digest")).toBe(digest);
  expect((await ask("DELETE", `/v2/${repository}/manifests/${digest}`)).status).toBe(202);
  expect((await read(`/v1/templates/${name}@1.0.0`)).status).toBe(410);
});

it("a manifest that was pushed meanwhile stays when the registry gives a version its own", async () => {
  const name = aName("older");
  const repository = `templates/${name}`;
  await publishedBefore(name);
  const typed = { kind: "template", name } as const;
  const [version, ...others] = await listUnpackagedVersions(env.DB, typed, 2);
  if (version === undefined) throw new Error("there is a version without a manifest");
  expect(others).toEqual([]);
  const own = await pushed(repository, "v1", aTemplateText(name), { annotations: { is: "the author's" } });
  const { digest, touchedAt } = await blobRow(repository);
  const source = { digest: version.source_digest, sizeBytes: 2, mediaType: version.source_media_type, file: null };
  const manifest = artifactManifestOf({ ...typed, ...version, source });
  await packageVersions(env.DB, typed, [
    { version: { ...version, published_at: "2020-01-01T00:00:00.000Z" }, manifest },
  ]);
  await forget(repository);
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.0.0" });
  expect((await get(`${repository}/manifests/1.0.0`)).headers.get("docker-content-digest")).toBe(own);
  expect(await blobRow(repository)).toEqual({ digest, touchedAt });
});

/** A template as it was before the registry made manifests, and which its Registrar knows as such. Answers the manifest that it is to have. */
async function publishedBefore(name: string): Promise<string> {
  const repository = `templates/${name}`;
  await registered("/v1/templates", aTemplateText(name), "application/yaml");
  const { headers } = await get(`${repository}/manifests/1.0.0`);
  await env.DB.batch([
    env.DB.prepare("UPDATE artifact_version SET manifest_digest = NULL WHERE name = ?").bind(name),
    ...["oci_manifest", "oci_reference", "oci_blob"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table} WHERE repository = ?`).bind(repository),
    ),
  ]);
  // Between these two another may have changed the name, so afterwards its Registrar looks at D1 again.
  const registrar = registrarsOf(env)("template", name);
  await registrar.disarm(await registrar.arm("template", name));
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.0.0" });
  return headers.get("docker-content-digest") ?? "";
}

/** When the source of a template was last touched. */
async function blobRow(repository: string): Promise<{ digest: string; touchedAt: string }> {
  const row = await env.DB.prepare(
    "SELECT digest, touched_at AS touchedAt FROM oci_blob WHERE repository = ? AND size_bytes > 2",
  )
    .bind(repository)
    .first<{ digest: string; touchedAt: string }>();
  if (row === null) throw new Error(`${repository} has no source`);
  return row;
}
