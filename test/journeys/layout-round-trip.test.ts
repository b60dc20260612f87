import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { goTool } from "../conformance/go-tools.ts";
import { fillRegistry } from "./support/fill-registry.ts";
import { exportLayout, importLayout } from "./support/layout-calls.ts";
import { askOci, digestOf, expectStatus } from "./support/oci-calls.ts";
import { ociProgram } from "./support/oci-program.ts";
import { type OciRegistry, ociRegistry } from "./support/oci-registry.ts";

const program = await goTool("oras");
const orasTest = test.skipIf(program === null);
const first = ociRegistry();
const second = ociRegistry();
const third = ociRegistry();
let exported: Buffer<ArrayBuffer>;

beforeAll(async () => {
  await fillRegistry(first.target());
  exported = await exportLayout(first);
}, 120_000);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "callsheet-layout-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** All that `/v2/` tells: every repository, every tag, and what each tag gives. */
async function repositoriesOf(registry: OciRegistry): Promise<Record<string, Record<string, string>>> {
  const catalog = await askOci(registry.target(), "/v2/_catalog");
  const { repositories } = JSON.parse(await (await expectStatus(catalog, 200)).text());
  const told: Record<string, Record<string, string>> = {};
  for (const repository of repositories) {
    const list = await askOci(registry.target(), `/v2/${repository}/tags/list`);
    const { tags } = JSON.parse(await (await expectStatus(list, 200)).text());
    const manifests: Record<string, string> = {};
    for (const tag of tags) {
      const got = await expectStatus(await askOci(registry.target(), `/v2/${repository}/manifests/${tag}`), 200);
      manifests[tag] = digestOf(Buffer.from(await got.arrayBuffer()));
    }
    told[repository] = manifests;
  }
  return told;
}

/** All that the JSON API tells of artifacts, but for when and by whom things were done. */
async function artifactsOf(registry: OciRegistry): Promise<unknown[]> {
  const told: unknown[] = [];
  for (const collection of ["templates", "functions", "workflows", "agents"]) {
    const list = await getJson(registry, `/v1/${collection}?limit=200`);
    for (const { name } of list.items) {
      const { tags, versions } = await getJson(registry, `/v1/${collection}/${name}/versions`);
      for (const { version, state, notice, digest } of versions) {
        if (state === "deleted") continue;
        const { document, extends: parent } = await getJson(registry, `/v1/${collection}/${name}@${version}`);
        const { since: _, ...rest } = notice ?? { since: null };
        told.push({ collection, name, tags, version, state, digest, parent, document, ...rest });
      }
    }
  }
  return told;
}

async function getJson(registry: OciRegistry, path: string) {
  return JSON.parse(await (await expectStatus(await fetch(registry.url() + path), 200)).text());
}

test("a registry that imported an export has the same repositories, artifacts, tags and states, and exports the same bytes", async () => {
  const imported = await importLayout(second, exported);
  expect(imported.results.filter((result) => result.status === "rejected")).toEqual([]);
  expect(imported.counts.created).toBeGreaterThan(20);
  expect(await repositoriesOf(second)).toEqual(await repositoriesOf(first));
  const artifacts = await artifactsOf(second);
  expect(artifacts).toEqual(await artifactsOf(first));
  expect(artifacts).toContainEqual(
    expect.objectContaining({ name: "child", version: "1.0.0", parent: expect.objectContaining({ version: "1.0.0" }) }),
  );
  expect((await exportLayout(second)).equals(exported)).toBe(true);

  const again = await importLayout(second, exported);
  expect(again.counts).toEqual({ created: 0, unchanged: imported.results.length, rejected: 0 });
  expect((await exportLayout(second)).equals(exported)).toBe(true);
  const bothReferrers = await Promise.all(
    [first, second].map(async (registry) => {
      const digest = (await repositoriesOf(registry))["team/models/small"]?.both;
      const asked = await askOci(registry.target(), `/v2/team/models/small/referrers/${digest}`);
      return JSON.parse(await (await expectStatus(asked, 200)).text()).manifests;
    }),
  );
  expect(bothReferrers[0]).toHaveLength(1);
  expect(bothReferrers[1]).toEqual(bothReferrers[0]);
});

test("parts of a registry are imported one by one, and come to the same", async () => {
  for (const query of [
    "?kind=template",
    "?kind=function",
    "?kind=agent",
    "?kind=workflow&name=flow",
    "?kind=workflow",
  ]) {
    const { results } = await importLayout(third, await exportLayout(first, query));
    expect(results.filter((result) => result.status === "rejected")).toEqual([]);
  }
  for (const repository of ["zoo", "team/zoo", "team/models/small"]) {
    const { counts } = await importLayout(third, await exportLayout(first, `?repository=${repository}`));
    expect(counts.rejected).toBe(0);
  }
  expect(await artifactsOf(third)).toEqual(await artifactsOf(first));
  expect(await repositoriesOf(third)).toEqual(await repositoriesOf(first));
});

test("the archive is a tar that tar reads, whose blobs have the digests that they are named by", () => {
  const path = folder();
  writeFileSync(join(path, "export.tar"), exported);
  execFileSync("tar", ["-xf", "export.tar"], { cwd: path });
  const files = execFileSync("find", ["blobs", "-type", "f"], { cwd: path, encoding: "utf8" }).trim().split("\n");
  expect(files.length).toBeGreaterThan(40);
  const sums = execFileSync(
    "sha256sum",
    files.filter((file) => file.startsWith("blobs/sha256/")),
    { cwd: path, encoding: "utf8" },
  );
  for (const line of sums.trim().split("\n")) {
    const [sum, file] = line.split(/\s+/);
    expect(file).toBe(`blobs/sha256/${sum}`);
  }
});

orasTest(
  "oras copies one name out of a whole export, a tag out of that of one repository, and either by digest",
  async () => {
    const path = folder();
    writeFileSync(join(path, "whole.tar"), exported);
    writeFileSync(join(path, "flow.tar"), await exportLayout(first, "?kind=workflow&name=flow"));
    const oras = ociProgram(program ?? "");
    await oras.ok(["login", second.host(), "-u", "anyone", "--password-stdin"], { input: second.token() });
    const to = `${second.host()}/copied`;
    const wanted = (await repositoriesOf(first))["workflows/flow"] ?? {};
    await oras.ok(["cp", "--from-oci-layout-path", `${path}/whole.tar`, "workflows/flow:v1", `${to}/a:x`]);
    await oras.ok(["cp", "--from-oci-layout", `${path}/flow.tar:1.0.0`, `${to}/b:x`]);
    await oras.ok(["cp", "-r", "--from-oci-layout", `${path}/whole.tar@${wanted["1.1.0"]}`, `${to}/c:x`]);
    await oras.ok(["cp", "--from-oci-layout-path", `${path}/whole.tar`, "team/models/small:outer", `${to}/d:x`]);
    const told = await repositoriesOf(second);
    expect([told["copied/a"], told["copied/b"], told["copied/c"]]).toEqual([
      { x: wanted.v1 },
      { x: wanted["1.0.0"] },
      { x: wanted["1.1.0"] },
    ]);
  },
);

orasTest("layouts that oras made are imported into the repository that is said, artifacts among them", async () => {
  const path = folder();
  const oras = ociProgram(program ?? "");
  await oras.ok(["cp", "-r", `${first.host()}/team/models/small:outer`, "--to-oci-layout", `${path}/layout:outer`]);
  await oras.ok(["cp", `${first.host()}/team/models/small:a`, "--to-oci-layout", `${path}/layout:a`]);
  await oras.ok(["cp", `${first.host()}/workflows/flow:1.1.0`, "--to-oci-layout", `${path}/flow:1.1.0`]);
  for (const name of ["layout", "flow"]) execFileSync("tar", ["-cf", `../${name}.tar`, "."], { cwd: join(path, name) });
  const tarOf = (name: string) => Buffer.from(execFileSync("cat", [join(path, `${name}.tar`)], { maxBuffer: 1 << 26 }));

  const homeless = await importLayout(third, tarOf("layout"));
  expect(homeless.counts).toMatchObject({ created: 0, unchanged: 0 });
  expect(homeless.results[0]?.message).toContain("?repository=");
  const { counts } = await importLayout(third, tarOf("layout"), "?repository=elsewhere/small");
  expect(counts).toMatchObject({ rejected: 0 });
  const flow = await importLayout(third, tarOf("flow"), "?repository=workflows/flow");
  expect(flow.counts.rejected).toBe(0);
  const told = await repositoriesOf(third);
  const wanted = (await repositoriesOf(first))["team/models/small"] ?? {};
  expect(told["elsewhere/small"]).toEqual({ outer: wanted.outer, a: wanted.a });
});
