import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { imageManifest } from "../../src/contract/oci/manifest.ts";
import {
  aCardText,
  aTemplateText,
  aWorkflowText,
  manifestOf,
  pushed,
  pushText,
  registered,
  told,
} from "./a-pushed-artifact.ts";
import { aName, ask, read } from "./a-registry.ts";
import { digestOf, get, ociRefusalOf, put } from "./an-image.ts";

const own = (word: string) => `${word}-${crypto.randomUUID().slice(0, 8)}`;

it("a pushed workflow is registered, and found by its version, its tag and latest at both surfaces", async () => {
  const name = own("code-generation");
  const text = aWorkflowText(name, "1.2.0");
  const digest = await pushed(`workflows/${name}`, "v1", text, { file: "code-generation.yaml" });
  const found = await told(`/v1/workflows/${name}@v1`);
  expect(found).toMatchObject({ kind: "workflow", name, version: "1.2.0", state: "live" });
  for (const reference of ["v1", "1.2.0", "latest", digest]) {
    const manifest = await get(`workflows/${name}/manifests/${reference}`);
    expect(manifest.headers.get("docker-content-digest")).toBe(digest);
    expect(await digestOf(await manifest.text())).toBe(digest);
  }
  expect(await (await get(`workflows/${name}/tags/list`)).json()).toEqual({
    name: `workflows/${name}`,
    tags: ["1.2.0", "latest", "v1"],
  });
  const source = await read(`/v1/workflows/${name}`, { Accept: "application/yaml" });
  expect(new TextDecoder().decode(await source.arrayBuffer())).toBe(text);
  expect(source.headers.get("content-disposition")).toContain("code-generation.yaml");
});

it("a refused push says every issue with its place, and leaves nothing to be seen", async () => {
  const name = aName("refused");
  const text = `template:\n  id: ${name}\n  version: "1"\n  nmae: Wrong\n  interface: {inputs: {a: {type: strin}}, outputs: {}}\n`;
  const message = await ociRefusalOf(
    await pushText(`templates/${name}`, "v1", text, { file: "t.yaml" }),
    400,
    "MANIFEST_INVALID",
  );
  expect(message).toContain("t.yaml:3:12: error");
  expect(message).toContain("t.yaml:4:3: error unknown_key");
  expect((await read(`/v1/templates/${name}`)).status).toBe(404);
  expect((await get(`templates/${name}/manifests/v1`)).status).toBe(404);
  const rows = await env.DB.prepare("SELECT count(*) AS n FROM oci_manifest WHERE repository = ?")
    .bind(`templates/${name}`)
    .first("n");
  expect(rows).toBe(0);
});

it("registers no bytes that the repository does not have, though the manifest says where else they are", async () => {
  const [theirs, name] = [aName("theirs"), aName("ours")];
  const text = aTemplateText(name);
  await manifestOf(`templates/${theirs}`, text);
  const manifest = imageManifest.parse(await manifestOf(`templates/${name}`, "not a template"));
  const layer = { mediaType: "application/yaml", digest: await digestOf(text), size: text.length };
  const elsewhere = { ...manifest, layers: [{ ...layer, urls: ["https://example.org/t.yaml"] }] };
  const message = await ociRefusalOf(await put(`templates/${name}`, "v1", elsewhere), 400, "MANIFEST_INVALID");
  expect(message).toContain("application/yaml, which is not stored here");
  expect((await read(`/v1/templates/${name}`)).status).toBe(404);
});

it("a document goes to the repository of its own name", async () => {
  const name = aName("here");
  const other = aName("there");
  const message = await ociRefusalOf(
    await pushText(`templates/${name}`, "v1", aTemplateText(other)),
    400,
    "MANIFEST_INVALID",
  );
  expect(message).toContain(`the template ${name}`);
  expect(message).toContain(`push it to templates/${other}`);
});

it("a push without a document is told what its layers are", async () => {
  const parts = { mediaType: "application/octet-stream", file: "README.md" };
  const response = await pushText(`workflows/${own("none")}`, "v1", "text", parts);
  const message = await ociRefusalOf(response, 400, "MANIFEST_INVALID");
  expect(message).toContain("its layers are README.md (application/octet-stream)");
});

it("an exact version as a tag must be the document's", async () => {
  const name = aName("exact");
  const refused = await pushText(`templates/${name}`, "2.0.0", aTemplateText(name, "1.0.0"));
  expect(await ociRefusalOf(refused, 400, "MANIFEST_INVALID")).toContain("version 1.0.0");
  await pushed(`templates/${name}`, "1.0.0", aTemplateText(name, "1.0.0"));
  expect(await told(`/v1/templates/${name}/tags`)).toMatchObject({ tags: [{ tag: "latest" }] });
});

it("latest is the registry's: a push to it of what is not the highest version is refused whole", async () => {
  const name = aName("latest");
  const repository = `templates/${name}`;
  await pushed(repository, "latest", aTemplateText(name, "1.1.0"));
  const refused = await pushText(repository, "latest", aTemplateText(name, "1.0.0"));
  expect(await ociRefusalOf(refused, 409, "MANIFEST_INVALID")).toContain("1.1.0");
  expect((await read(`/v1/templates/${name}@1.0.0`)).status).toBe(404);
});

it("several tags come with one push, and move together with the version", async () => {
  const name = aName("several");
  const repository = `templates/${name}`;
  const manifest = await manifestOf(repository, aTemplateText(name));
  const response = await put(repository, "v1?tag=stable&tag=1.0.0", manifest);
  expect(response.status, await response.clone().text()).toBe(201);
  expect(await told(`/v1/templates/${name}@stable`)).toMatchObject({ version: "1.0.0" });
  await pushed(repository, "v1", aTemplateText(name, "1.0.1"));
  expect(await told(`/v1/templates/${name}@v1`)).toMatchObject({ version: "1.0.1" });
  expect(await told(`/v1/templates/${name}@stable`)).toMatchObject({ version: "1.0.0" });
});

it("the same document under another manifest changes the manifest and not the version; the same push again changes nothing", async () => {
  const name = aName("again");
  const repository = `templates/${name}`;
  const text = aTemplateText(name);
  const first = await pushed(repository, "v1", text, {
    annotations: { "org.opencontainers.image.created": "2026-01-01T00:00:00Z" },
  });
  const { digest: document } = await told(`/v1/templates/${name}`);
  const second = await pushed(repository, "v1", text, {
    annotations: { "org.opencontainers.image.created": "2026-01-02T00:00:00Z" },
  });
  expect(second).not.toBe(first);
  expect((await get(`${repository}/manifests/1.0.0`)).headers.get("docker-content-digest")).toBe(second);
  expect((await get(`${repository}/manifests/${first}`)).status).toBe(200);
  expect(await told(`/v1/templates/${name}`)).toMatchObject({ version: "1.0.0", digest: document });
  const before = await revisionOf(name);
  expect(
    await pushed(repository, "v1", text, {
      annotations: { "org.opencontainers.image.created": "2026-01-02T00:00:00Z" },
    }),
  ).toBe(second);
  expect(await revisionOf(name)).toBe(before);
});

it("other content under a published version is refused, and the tag stays where it was", async () => {
  const name = aName("taken");
  const repository = `templates/${name}`;
  const first = await pushed(repository, "v1", aTemplateText(name));
  const refused = await pushText(repository, "v1", aTemplateText(name, "1.0.0", "{a: {type: string}}"));
  expect(await ociRefusalOf(refused, 409, "MANIFEST_INVALID")).toContain("already published");
  expect((await get(`${repository}/manifests/v1`)).headers.get("docker-content-digest")).toBe(first);
});

it("what is published by the JSON API can be pulled, under a manifest that is the same everywhere", async () => {
  const name = aName("published");
  const text = aTemplateText(name);
  const first = await registered("/v1/templates?file=mine.yaml", text, "application/yaml");
  const response = await get(`templates/${name}/manifests/1.0.0`);
  const body = await response.text();
  expect(response.headers.get("docker-content-digest")).toBe(await digestOf(body));
  const manifest = imageManifest.parse(JSON.parse(body));
  expect(manifest.artifactType).toBe("application/vnd.callsheet.template.v1");
  expect(manifest.annotations).toEqual({
    "org.opencontainers.image.created": "1970-01-01T00:00:00Z",
    "org.opencontainers.image.title": `The ${name}`,
    "org.opencontainers.image.version": "1.0.0",
    "org.opencontainers.image.description": "Pushed by a test.",
    "org.opencontainers.image.source": `/v1/templates/${name}@1.0.0`,
  });
  const [layer] = manifest.layers;
  expect(layer?.annotations).toEqual({ "org.opencontainers.image.title": "mine.yaml" });
  const blob = await get(`templates/${name}/blobs/${layer?.digest}`);
  expect(await blob.text()).toBe(text);
  expect(await (await get(`templates/${name}/blobs/${manifest.config.digest}`)).text()).toBe("{}");
  // Pushed back as it was pulled, nothing is new.
  const again = await ask("PUT", `/v2/templates/${name}/manifests/1.0.0`, { body, type: manifest.mediaType ?? "" });
  expect(again.status).toBe(201);
  expect(await told(`/v1/templates/${name}`)).toMatchObject({ digest: first.digest });
});

it("a source pushed to one function's repository publishes all of its functions", async () => {
  const [a, b] = [aName("one"), aName("two")];
  const text = `def ${a}(value: float) -> float:\n    """One."""\n    return value\n\ndef ${b}(value: float) -> float:\n    """Two."""\n    return value\n`;
  const digest = await pushed(`functions/python.${a}`, "v1", text, {
    mediaType: "application/vnd.oci.image.layer.v1.tar",
    file: "both.py",
  });
  expect(await told(`/v1/functions/python.${a}@v1`)).toMatchObject({ version: "1.0.0" });
  expect(await told(`/v1/functions/python.${b}`)).toMatchObject({ version: "1.0.0" });
  expect((await get(`functions/python.${a}/manifests/latest`)).headers.get("docker-content-digest")).toBe(digest);
  const other = imageManifest.parse(await (await get(`functions/python.${b}/manifests/1.0.0`)).json());
  expect(other.layers[0]?.annotations).toEqual({ "org.opencontainers.image.title": "both.py" });
  const changed = await pushed(
    `functions/python.${a}`,
    "2.5.0",
    text.replace("return value\n\n", "return value + 1\n\n"),
    { mediaType: "text/x-python", file: "both.py" },
  );
  expect((await get(`functions/python.${a}/manifests/2.5.0`)).headers.get("docker-content-digest")).toBe(changed);
  expect((await get(`functions/python.${a}/manifests/v1`)).headers.get("docker-content-digest")).toBe(digest);
});

it("a card without a version takes the next patch, or the one that its tag says", async () => {
  const name = own("planner");
  const repository = `agents/${name}`;
  const json = { mediaType: "application/json", file: "agent.json" };
  await pushed(repository, "v1", aCardText(name), json);
  expect(await told(`/v1/agents/${name}`)).toMatchObject({
    version: "1.0.0",
    document: { version: "1.0.0" },
  });
  await pushed(repository, "v1", aCardText(name, "Plans better."), json);
  expect(await told(`/v1/agents/${name}@v1`)).toMatchObject({ version: "1.0.1" });
  await pushed(repository, "3.0.0", aCardText(name, "Plans best."), json);
  expect(await told(`/v1/agents/${name}`)).toMatchObject({ version: "3.0.0" });
  await pushed(repository, "v1", aCardText(name, "Plans best."), json);
  expect(await told(`/v1/agents/${name}@v1`)).toMatchObject({ version: "3.0.0" });
});

it("what is no document, or more than one, is refused with what would be understood", async () => {
  const name = aName("unclear");
  const repository = `templates/${name}`;
  const tar = await pushText(repository, "v1", "tar", {
    mediaType: "application/vnd.oci.image.layer.v1.tar",
    file: "x.tar",
  });
  expect(await ociRefusalOf(tar, 400, "MANIFEST_INVALID")).toContain("application/yaml");
  const text = aTemplateText(name);
  const second = { mediaType: "application/yaml", digest: await digestOf(text), size: text.length };
  const two = await pushText(repository, "v1", text, { layers: [second] });
  expect(await ociRefusalOf(two, 400, "MANIFEST_INVALID")).toContain("2 layers");
  const missing = await pushText(repository, "v1", text, {
    layers: [{ ...second, mediaType: "text/markdown", digest: await digestOf("never pushed") }],
  });
  await ociRefusalOf(missing, 404, "MANIFEST_BLOB_UNKNOWN");
  for (const tag of ["1.x", "1", "2.0"]) {
    expect(await ociRefusalOf(await pushText(repository, tag, text), 400, "MANIFEST_INVALID")).toContain(
      "cannot be a tag",
    );
  }
});

async function revisionOf(name: string): Promise<number | null> {
  return env.DB.prepare("SELECT max(revision) AS n FROM announcement WHERE name = ?").bind(name).first<number>("n");
}
