import { createHash } from "node:crypto";
import {
  askOci,
  digestOf,
  expectStatus,
  imageManifestType,
  manifestOf,
  type OciTarget,
  pushArtifact,
  pushBlob,
  putManifest,
} from "./oci-calls.ts";
import { examples } from "./oci-examples.ts";
import { pushImage } from "./oci-image.ts";

const indexType = "application/vnd.oci.image.index.v1+json";

/**
 * Fills a registry with something of everything that an export must keep: every kind, versions whose order matters (a parent that went
 * on after its child was published, a function that is older than another of its source), tags, states, and plain repositories.
 */
export async function fillRegistry(target: OciTarget): Promise<void> {
  for (const { collection, file, mediaType, source, version } of examples) {
    const query = collection === "functions" ? `?file=${file}&version=${version}` : `?file=${file}`;
    await post(target, `${collection}${query}`, source, mediaType);
  }
  await fillTemplates(target);
  await fillFunctions(target);
  await fillAgents(target);
  await fillWorkflows(target);
  await fillPlain(target);
}

async function fillTemplates(target: OciTarget): Promise<void> {
  await post(target, "templates", aTemplate("parent", "1.0.0", { text: { type: "string", default: "a" } }));
  await post(target, "templates", aTemplate("child", "1.0.0", {}, "parent@^1"));
  await post(target, "templates", aTemplate("parent", "1.1.0", { text: { type: "string", default: "b" } }));
  await post(target, "templates", aTemplate("child", "1.1.0", { more: { type: "integer", default: 1 } }, "parent@^1"));
  await tag(target, "templates/parent", "old", "1.0.0");
  await post(target, "templates/parent/versions/1.0.0:yank", JSON.stringify({ message: "wrong default" }));
  // What was yanked is not compared with: 1.1.0 may break 1.0.0.
  await post(target, "templates", aTemplate("restart", "1.0.0", { text: { type: "string", default: "a" } }));
  await post(target, "templates/restart/versions/1.0.0:yank", "{}");
  await post(target, "templates", aTemplate("restart", "1.1.0", {}));
  await post(target, "templates", aTemplate("gone", "1.0.0", {}));
  await post(target, "templates", aTemplate("gone", "1.0.1", {}));
  await send(target, "DELETE", "templates/gone/versions/1.0.0");
  const notice = { message: "use parent", successor: "parent@1.1.0", sunset: "2031-01-02T03:04:05Z" };
  await post(target, "templates/gone/versions/1.0.1:deprecate", JSON.stringify(notice));
}

async function fillFunctions(target: OciTarget): Promise<void> {
  const one = (body: string) => `@numpy\ndef blur(image):\n    return ${body}\n`;
  const two = "\n\n@torch\ndef blur(image):\n    return image\n";
  await post(target, "functions?file=blur.py", one("image"), "text/x-python");
  await post(target, "functions?file=blur.py", one("image + 0"), "text/x-python");
  // numpy.blur is at its third version here, and torch.blur at its first.
  await post(target, "functions?file=both.py", one("image + 1") + two, "text/x-python");
  await tag(target, "functions/torch.blur", "stable", "1.0.0");
}

async function fillAgents(target: OciTarget): Promise<void> {
  const card = (description: string) =>
    JSON.stringify({
      name: "helper",
      description,
      url: "http://localhost:9",
      skills: [{ id: "help", name: "Help", description: "Helps.", tags: ["help"] }],
    });
  await post(target, "agents", card("Helps."));
  await post(target, "agents", card("Helps more."));
  // The same card, without a version of its own, under two versions.
  await pushDocument(target, "agents/helper", "3.0.0", card("Helps most."), "application/json");
  await pushDocument(target, "agents/helper", "3.0.1", card("Helps most."), "application/json");
}

async function fillWorkflows(target: OciTarget): Promise<void> {
  const text = (version: string) =>
    `metadata:\n  id: flow\n  name: Flow\n  version: ${version}\n  description: Flows.\nsteps:\n  - id: one\n    skill: help\n`;
  const first = await pushDocument(target, "workflows/flow", "1.0.0", text("1.0.0"), "application/yaml");
  await pushDocument(target, "workflows/flow", "v1", text("1.0.0"), "application/yaml", { "org.example.try": "2" });
  await pushDocument(target, "workflows/flow", "v1", text("1.1.0"), "application/yaml");
  await attach(target, "workflows/flow", first);
}

async function fillPlain(target: OciTarget): Promise<void> {
  const repository = "team/models/small";
  const children = await Promise.all(["a", "b"].map((author) => pushImage(target, repository, author, author)));
  const heads = await Promise.all(children.map((child) => headOf(target, repository, child)));
  const manifests = children.map((digest, at) => {
    return { mediaType: imageManifestType, digest, size: Number(heads[at]?.get("content-length")) };
  });
  const index = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });
  await put(target, repository, "both", index, indexType);
  const outer = { mediaType: indexType, digest: digestOf(index), size: Buffer.byteLength(index) };
  await put(
    target,
    repository,
    "outer",
    JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [outer] }),
    indexType,
  );
  await attach(target, repository, digestOf(index));
  // No tag has it; the empty blob is in it.
  await pushBlob(target, repository, "");
  const untagged = manifestOf([{ digest: digestOf(""), size: 0 }], { annotations: { untagged: "yes" } });
  await pushBlob(target, repository, "{}");
  await expectStatus(await putManifest(target, repository, digestOf(untagged), untagged), 201);
  const long = createHash("sha512").update(untagged).digest("hex");
  await put(target, repository, `sha512:${long}?tag=long`, untagged, imageManifestType);
  await pushArtifact(target, "zoo", "v1", "the same bytes");
  await pushArtifact(target, "team/zoo", "v1", "the same bytes");
}

/** Something about a manifest, told by no tag. */
async function attach(target: OciTarget, repository: string, digest: string): Promise<void> {
  const head = await headOf(target, repository, digest);
  const [size, mediaType] = [Number(head.get("content-length")), head.get("content-type")];
  const blob = await pushBlob(target, repository, `about ${digest}`);
  await pushBlob(target, repository, "{}");
  const subject = { mediaType, digest, size };
  const manifest = manifestOf([{ digest: blob, size: `about ${digest}`.length }], { subject });
  await expectStatus(await putManifest(target, repository, digestOf(manifest), manifest), 201);
}

/** Pushes a document as `oras push` does; answers the manifest's digest. */
async function pushDocument(
  target: OciTarget,
  repository: string,
  tagged: string,
  text: string,
  mediaType: string,
  annotations: Record<string, string> = {},
): Promise<string> {
  await pushBlob(target, repository, "{}");
  const digest = await pushBlob(target, repository, text);
  const title = { "org.opencontainers.image.title": "pushed.txt" };
  const layer = { digest, size: Buffer.byteLength(text), mediaType, annotations: title };
  const manifest = manifestOf([layer], { annotations });
  await expectStatus(await putManifest(target, repository, tagged, manifest), 201);
  return digestOf(manifest);
}

async function headOf(target: OciTarget, repository: string, digest: string): Promise<Headers> {
  const head = await askOci(target, `/v2/${repository}/manifests/${digest}`, { method: "HEAD" });
  return (await expectStatus(head, 200)).headers;
}

async function put(target: OciTarget, repository: string, tagged: string, body: string, type: string): Promise<void> {
  const path = `/v2/${repository}/manifests/${tagged}`;
  await expectStatus(await askOci(target, path, { method: "PUT", headers: { "content-type": type }, body }), 201);
}

function aTemplate(id: string, version: string, inputs: object, parent?: string): string {
  const rest = parent === undefined ? {} : { extends: parent };
  const requirements = { resources: {} };
  const template = {
    id,
    version,
    name: id,
    description: id,
    interface: { inputs, outputs: { out: { type: "string" } } },
    requirements,
    ...rest,
  };
  return JSON.stringify({ template });
}

async function tag(target: OciTarget, path: string, name: string, version: string): Promise<void> {
  await send(target, "PUT", `${path}/tags/${name}`, JSON.stringify({ version }), "application/json");
}

function post(target: OciTarget, path: string, body: string, type = "application/json"): Promise<void> {
  return send(target, "POST", path, body, type);
}

async function send(target: OciTarget, method: string, path: string, body?: string, type?: string): Promise<void> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${target.adminToken}`,
    ...(type === undefined ? {} : { "content-type": type }),
  };
  const response = await fetch(`${target.url}/v1/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  await response.body?.cancel();
}
