import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";

const { cli, json } = cliRegistry();

async function published(id: string, ...versions: string[]): Promise<string> {
  const sources = versions.map((version, i) => templateSource(id, version, `  tags: [v${i}]\n`));
  const cwd = temporaryFolder({ "t.yaml": sources.join("---\n") });
  await json(["publish", "."], cwd);
  return cwd;
}

describe("looking up", () => {
  test("show prints a document that can be read again, and the source as it was published", async () => {
    const cwd = await published("jcl_show", "1.0.0", "1.1.0");
    const shown = await cli(["show", "jcl_show@^1"], cwd);
    expect(shown.stdout).toMatch(/^# jcl_show 1\.1\.0 \(live\)\n# digest {5}sha256:/);
    expect(parse(shown.stdout)).toMatchObject({ template: { id: "jcl_show", version: "1.1.0" } });
    expect((await cli(["show", "jcl_show@1.0.0", "--source"], cwd)).stdout).toContain("# the author's comment");
    expect((await cli(["show", "jcl_show@>=1 <1.1"], cwd)).stdout).toContain("# jcl_show 1.0.0");
    const missing = await cli(["show", "jcl_show@^3"], cwd);
    expect(missing.exitCode).toBe(3);
    expect(missing.stderr).toContain("1.1.0");
  });

  test("list pages by itself, filters, and says when nothing fits", async () => {
    const cwd = await published("jcl_list", "1.0.0");
    await published("jcl_list_two", "1.0.0");
    const all = await json(["list", "--category", "test", "--limit", "1", "--all"], cwd);
    expect(JSON.stringify(all)).toContain("jcl_list_two");
    expect(all).toMatchObject({ next_cursor: null });
    const page = await cli(["list", "--limit", "1"], cwd);
    expect(page.stdout).toMatch(/^NAME +VERSION +STATE/);
    expect(page.stderr).toContain("--cursor ");
    expect((await cli(["list", "--category", "nothing"], cwd)).stdout).toContain("no template fits");
    expect((await cli(["search", "jcl_list_two"], cwd)).stdout).toContain("jcl_list_two");
  });

  test("schema and openapi print JSON as it is", async () => {
    const cwd = await published("jcl_schema", "1.0.0");
    const inputs = await cli(["schema", "jcl_schema", "--inputs"], cwd);
    expect(JSON.parse(inputs.stdout)).toMatchObject({ properties: { prompt: { type: "string" } } });
    expect(JSON.parse((await cli(["openapi", "jcl_schema"], cwd)).stdout)).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
    });
    expect(JSON.parse((await cli(["openapi"], cwd)).stdout)).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });

  test("versions and compare tell what there is and what changed", async () => {
    const cwd = await published("jcl_compare", "1.0.0", "1.0.1");
    expect((await cli(["versions", "jcl_compare"], cwd)).stdout).toMatch(/1\.0\.1 +live +latest/);
    expect(await json(["compare", "jcl_compare", "1.0.0"], cwd)).toMatchObject({ bump: "patch", to_version: "1.0.1" });
    expect((await cli(["compare", "jcl_compare", "1.0.0", "1.0.0"], cwd)).stdout).toContain("no difference");
  });
});

describe("a version's life", () => {
  test("tags are set, listed, told in their history and deleted", async () => {
    const cwd = await published("jcl_tags", "1.0.0", "1.1.0");
    await json(["tag", "set", "jcl_tags", "stable", "1.0.0", "--reason", "first"], cwd);
    expect((await cli(["tag", "set", "jcl_tags", "stable", "1.1.0"], cwd)).stdout).toBe(
      "stable of jcl_tags now points at 1.1.0\n",
    );
    expect((await cli(["tag", "list", "jcl_tags"], cwd)).stdout).toMatch(/stable +1\.1\.0/);
    expect(await json(["show", "jcl_tags@stable"], cwd)).toMatchObject({ version: "1.1.0" });
    await json(["tag", "delete", "jcl_tags", "stable"], cwd);
    const history = await cli(["tag", "history", "jcl_tags", "stable"], cwd);
    expect(history.stdout).toMatch(/1\.1\.0 → none[\s\S]*1\.0\.0 → 1\.1\.0[\s\S]*none → 1\.0\.0[\s\S]*first/);
    expect((await cli(["tag", "set", "jcl_tags", "latest", "1.0.0"], cwd)).exitCode).toBe(4);
    expect((await cli(["show", "jcl_tags@stable"], cwd)).exitCode).toBe(3);
  });

  test("deprecate, restore, yank and delete do what they say", async () => {
    const cwd = await published("jcl_life", "1.0.0", "1.1.0");
    await json(
      ["deprecate", "jcl_life@1.1.0", "--message", "use 2", "--successor", "jcl_life@1.0.0", "--sunset", "2099-01-31"],
      cwd,
    );
    const shown = await cli(["show", "jcl_life@1.1.0"], cwd);
    expect(shown.stdout).toMatch(
      /# deprecated since .*: use 2\n# use instead {2}jcl_life@1\.0\.0\n# sunset {2}2099-01-31T00:00:00Z/,
    );
    expect((await cli(["restore", "jcl_life@1.1.0"], cwd)).stdout).toBe("jcl_life@1.1.0 is live again\n");
    expect((await cli(["yank", "jcl_life@1.1.0"], cwd)).stdout).toBe("jcl_life@1.1.0 is yanked\n");
    expect((await cli(["yank", "jcl_life@1.1.0"], cwd)).stdout).toBe("jcl_life@1.1.0 was yanked before\n");
    expect(await json(["show", "jcl_life"], cwd)).toMatchObject({ version: "1.0.0" });
    await json(["delete", "jcl_life@1.1.0", "--yes"], cwd);
    expect((await cli(["show", "jcl_life@1.1.0"], cwd)).exitCode).toBe(3);
  });
});

test("admin verify finds the stores in agreement, also after a rebuild", async () => {
  const cwd = await published("jcl_admin", "1.0.0");
  expect(await json(["admin", "rebuild"], cwd)).toMatchObject({ disagreements: [] });
  const verified = await cli(["admin", "verify"], cwd);
  expect(verified).toMatchObject({ exitCode: 0 });
  expect(verified.stdout).toContain("D1, KV and R2 agree");
});

test("admin gc goes through everything and leaves what is young", async () => {
  const cwd = await published("jcl_gc", "1.0.0");
  await json(["delete", "jcl_gc@1.0.0", "--yes"], cwd);
  const told = await json(["admin", "gc", "--dry-run"], cwd);
  expect(told).toMatchObject({ dry_run: true, repositories: [], storage: { blobs: 0 }, grace_seconds: 86400 });
  const done = await cli(["admin", "gc"], cwd);
  expect(done).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toContain("of garbage stay: younger than 24 hours");
});
