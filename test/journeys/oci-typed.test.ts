import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goTool } from "../conformance/go-tools.ts";
import { codeGeneration, type Example, examples, firstTemplate, referenceOf } from "./support/oci-examples.ts";
import { type OciProgram, ociProgram } from "./support/oci-program.ts";
import { type OciRegistry, ociRegistry } from "./support/oci-registry.ts";
import { lookUpServed } from "./support/published.ts";

const program = await goTool("oras");
const orasTest = test.skipIf(program === null);
const pushed = ociRegistry();
const published = ociRegistry();
const copied = ociRegistry();

async function loggedIn(files: Record<string, string> = {}): Promise<OciProgram> {
  const oras = ociProgram(program ?? "", files);
  for (const one of [pushed, published, copied])
    await oras.ok(["login", one.host(), "-u", "anyone", "--password-stdin"], { input: one.token() });
  return oras;
}

/** Publishes by the JSON API. */
async function publish(
  registry: OciRegistry,
  { collection, file, mediaType, source, version }: Example,
): Promise<void> {
  const query = collection === "functions" ? `?file=${file}&version=${version}` : `?file=${file}`;
  const response = await fetch(`${registry.url()}/v1/${collection}${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${registry.token()}`, "content-type": mediaType },
    body: source,
  });
  expect(response.status, await response.text()).toBe(201);
}

orasTest(
  "every kind makes the round trip: published by JSON, pulled by oras, pushed to an empty registry, and is the same there",
  async () => {
    const oras = await loggedIn();
    for (const one of examples) {
      await publish(published, one);
      const reference = referenceOf(one);
      const there = await lookUpServed(published.url(), one, `${one.name}@${one.version}`);

      await oras.ok(["pull", `${published.host()}/${reference}`, "-o", "pulled"]);
      expect(readFileSync(join(oras.home, "pulled", one.file), "utf8"), reference).toBe(one.source);
      // A version and a tag at once.
      await oras.ok(["push", `${pushed.host()}/${reference},stable`, `${one.file}:${one.mediaType}`], {
        cwd: join(oras.home, "pulled"),
      });
      await oras.ok(["cp", `${published.host()}/${reference}`, `${copied.host()}/${reference}`]);
      for (const [registry, selector] of [
        [pushed, one.version],
        [pushed, "stable"],
        [pushed, "latest"],
        [copied, one.version],
      ] as const) {
        const here = await lookUpServed(registry.url(), one, `${one.name}@${selector}`);
        expect(here.artifact, reference).toMatchObject({ version: one.version, digest: there.artifact.digest });
        expect(here.artifact.document).toEqual(there.artifact.document);
        expect(here.schema).toEqual(there.schema);
        expect(here.source).toBe(there.source);
      }
      const manifest = await oras.ok(["resolve", `${published.host()}/${reference}`]);
      expect(await oras.ok(["resolve", `${copied.host()}/${reference}`]), reference).toBe(manifest);
      const repository = `${pushed.host()}/${one.collection}/${one.name}`;
      expect(await oras.ok(["repo", "tags", repository])).toBe(`${one.version}\nlatest\nstable\n`);
    }
  },
);

orasTest("the registry's own manifest is made of the content alone: published elsewhere, it is the same", async () => {
  const oras = await loggedIn();
  const source = firstTemplate.source.replaceAll(firstTemplate.name, "oci_twice");
  const reference = `templates/oci_twice:${firstTemplate.version}`;
  for (const registry of [pushed, copied]) await publish(registry, { ...firstTemplate, source });
  expect(await oras.ok(["resolve", `${pushed.host()}/${reference}`])).toBe(
    await oras.ok(["resolve", `${copied.host()}/${reference}`]),
  );
});

orasTest("a push that is refused prints every issue with its place, and leaves nothing behind", async () => {
  const wrong = codeGeneration.source
    .replace(`version: ${codeGeneration.version}`, 'version: "1"')
    .replaceAll("code-generation", "refused-flow")
    .replace("  - id: build", "  - id: plan");
  const oras = await loggedIn({ "refused.yaml": wrong, "notes.txt": "no document" });
  const repository = `${pushed.host()}/workflows/refused-flow`;
  const refused = await oras.run(["push", `${repository}:v1`, "refused.yaml:application/yaml"]);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toMatch(/refused\.yaml:\d+:\d+: error \w+/);
  expect(refused.stderr.match(/refused\.yaml:\d+:\d+/g)?.length).toBeGreaterThanOrEqual(2);

  const noDocument = await oras.run(["push", `${repository}:v1`, "notes.txt:text/x-notes"]);
  expect(noDocument.stderr).toContain("application/yaml");
  const elsewhere = await oras.run([
    "push",
    `${pushed.host()}/workflows/other-name:v1`,
    "refused.yaml:application/yaml",
  ]);
  expect(elsewhere.exitCode).not.toBe(0);

  expect((await fetch(`${pushed.url()}/v1/workflows/refused-flow`)).status).toBe(404);
  const tags = await oras.run(["repo", "tags", repository]);
  expect(tags.stdout).toBe("");
});

orasTest(
  "a version cannot be pushed with other content, and a tag that reads as a version is that version",
  async () => {
    const source = firstTemplate.source.replaceAll(firstTemplate.name, "oci_taken");
    const oras = await loggedIn({
      "first.yaml": source,
      "second.yaml": source.replace(/^ {2}name: .*$/m, "  name: Another"),
    });
    const repository = `${pushed.host()}/templates/oci_taken`;
    await oras.ok(["push", `${repository}:${firstTemplate.version}`, "first.yaml:application/yaml"]);
    const digest = await oras.ok(["resolve", `${repository}:latest`]);
    const taken = await oras.run(["push", `${repository}:stable`, "second.yaml:application/yaml"]);
    expect(taken.exitCode).not.toBe(0);
    expect(taken.stderr).toContain(firstTemplate.version);
    const misnamed = await oras.run(["push", `${repository}:9.9.9`, "first.yaml:application/yaml"]);
    expect(misnamed.exitCode).not.toBe(0);
    expect(misnamed.stderr).toContain("9.9.9");
    expect(await oras.ok(["repo", "tags", repository])).toBe(`${firstTemplate.version}\nlatest\n`);
    expect(await oras.ok(["resolve", `${repository}:latest`])).toBe(digest);
  },
);

orasTest("signatures and notes are attached to a published version, and register nothing", async () => {
  const oras = await loggedIn();
  writeFileSync(join(oras.home, "sbom.json"), "{}");
  const source = firstTemplate.source.replaceAll(firstTemplate.name, "oci_signed");
  await publish(pushed, { ...firstTemplate, source });
  const reference = `${pushed.host()}/templates/oci_signed:${firstTemplate.version}`;
  await oras.ok(["attach", reference, "--artifact-type", "application/vnd.test.sbom", "sbom.json:application/json"]);
  const { referrers } = JSON.parse(await oras.ok(["discover", "--format", "json", reference]));
  expect(referrers).toMatchObject([{ artifactType: "application/vnd.test.sbom" }]);
  expect(await oras.ok(["repo", "tags", `${pushed.host()}/templates/oci_signed`])).toBe(
    `${firstTemplate.version}\nlatest\n`,
  );
});

orasTest("deleting a tag leaves the version; deleting its manifest deletes it for good", async () => {
  const oras = await loggedIn({ "gone.yaml": firstTemplate.source.replaceAll(firstTemplate.name, "oci_gone") });
  const repository = `${pushed.host()}/templates/oci_gone`;
  await oras.ok(["push", `${repository}:stable`, "gone.yaml:application/yaml"]);
  await oras.ok(["manifest", "delete", "--force", `${repository}:stable`]);
  const gone = await fetch(`${pushed.url()}/v1/templates/oci_gone@${firstTemplate.version}`);
  expect([404, 410]).toContain(gone.status);
  const again = await oras.run(["push", `${repository}:stable`, "gone.yaml:application/yaml"]);
  expect(again.exitCode).not.toBe(0);
  expect(again.stderr).toContain(firstTemplate.version);
});
