import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestOf } from "./support/oci-calls.ts";
import { codeGeneration } from "./support/oci-examples.ts";
import { pushImage } from "./support/oci-image.ts";
import { ociProgram } from "./support/oci-program.ts";
import { ociRegistry } from "./support/oci-registry.ts";
import { lookUpServed } from "./support/published.ts";

const isThere = spawnSync("skopeo", ["--version"]).status === 0;
if (!isThere) console.warn("no skopeo on the PATH, so it is not tested (Debian's package is skopeo)");
const skopeoTest = test.skipIf(!isThere);
const registry = ociRegistry();
const other = ociRegistry();

const plain = ["--insecure-policy", "copy", "--src-tls-verify=false", "--dest-tls-verify=false"];

skopeoTest("skopeo copies an image out to a folder, back in, and compressed anew", async () => {
  const skopeo = ociProgram("skopeo");
  await skopeo.ok(["login", "--tls-verify=false", "-u", "anyone", "--password-stdin", registry.host()], {
    input: registry.token(),
  });
  const digest = await pushImage(registry.target(), "skopeo/image", "v1", "first");
  const reference = `docker://${registry.host()}/skopeo/image:v1`;
  await skopeo.ok([...plain, reference, "dir:out"]);
  expect(digestOf(readFileSync(join(skopeo.home, "out", "manifest.json")))).toBe(digest);

  const back = `docker://${registry.host()}/skopeo/back:v1`;
  await skopeo.ok([...plain, "dir:out", back]);
  const told = JSON.parse(await skopeo.ok(["inspect", "--tls-verify=false", back]));
  expect(told).toMatchObject({ Digest: digest, RepoTags: ["v1"], Os: "linux" });

  // Compressing on the way, it does not know the length: the upload has none.
  await skopeo.ok([...plain, "--dest-compress-format=gzip", "--dest-compress-level=1", "dir:out", `${back}-gzip`]);
  await skopeo.ok([...plain, "--format=v2s2", "dir:out", `${back}-docker`]);
  const docker = await skopeo.ok(["inspect", "--raw", "--tls-verify=false", `${back}-docker`]);
  expect(JSON.parse(docker).mediaType).toBe("application/vnd.docker.distribution.manifest.v2+json");
  const listed = JSON.parse(await skopeo.ok(["list-tags", "--tls-verify=false", back.replace(":v1", "")]));
  expect(listed.Tags.toSorted()).toEqual(["v1", "v1-docker", "v1-gzip"]);

  await skopeo.ok(["delete", "--tls-verify=false", `${back}-docker`]);
  const gone = await skopeo.run(["inspect", "--tls-verify=false", `${back}-docker`]);
  expect(gone.stderr).toContain("manifest unknown");
});

skopeoTest("without a login skopeo reads, and is refused when it writes", async () => {
  const skopeo = ociProgram("skopeo");
  await pushImage(registry.target(), "skopeo/public", "v1", "second");
  const reference = `docker://${registry.host()}/skopeo/public:v1`;
  await skopeo.ok([...plain, "--src-no-creds", reference, "dir:out"]);
  const refused = await skopeo.run([...plain, "dir:out", `docker://${registry.host()}/skopeo/public:v2`]);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toMatch(/unauthorized|denied|authentication required/i);
});

skopeoTest("skopeo copies what was published by JSON out, and into a registry that then has published it", async () => {
  const skopeo = ociProgram("skopeo");
  const { collection, name, version, mediaType, source } = codeGeneration;
  const published = await fetch(`${registry.url()}/v1/${collection}`, {
    method: "POST",
    headers: { authorization: `Bearer ${registry.token()}`, "content-type": mediaType },
    body: source,
  });
  expect(published.status, await published.text()).toBe(201);
  await skopeo.ok([...plain, `docker://${registry.host()}/${collection}/${name}:${version}`, "dir:out"]);
  const login = `--dest-creds=anyone:${other.token()}`;
  await skopeo.ok([...plain, login, "dir:out", `docker://${other.host()}/${collection}/${name}:stable`]);
  const served = await lookUpServed(other.url(), codeGeneration, `${name}@stable`);
  expect(served).toMatchObject({ artifact: { version, state: "live" }, source });
});
