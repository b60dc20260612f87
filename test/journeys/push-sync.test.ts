import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { startGithub } from "../github/start-github.ts";
import { cloneRepository } from "../github/working-copy.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";

const registry = cliRegistry();

const functionSource = (name: string, body: string) => `@numpy\ndef ${name}(image):\n    return ${body}\n`;

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function stateOf(name: string): Promise<string> {
  const answer = await fetch(`${registry.url()}/v1/templates/${name}/versions`);
  if (answer.status === 404) return "none";
  const { versions }: { versions: { version: string; state: string; notice: { message: string } | null }[] } =
    await answer.json();
  const told = versions.map(
    ({ version, state, notice }) => `${version} ${state}${notice === null ? "" : `: ${notice.message}`}`,
  );
  return told.join(", ");
}

test("a folder is compared with the registry, applied, and then in sync", async () => {
  const folder = temporaryFolder({
    "catalog/templates/sync_one.yaml": templateSource("sync_one", "1.0.0"),
    "catalog/filters.py": functionSource("sync_filter", "image"),
    "catalog/docker-compose.yaml": "services:\n  web: { image: nginx }\n",
  });
  const planned = await registry.cli(["sync", "catalog"], folder);
  expect(planned.stderr).toBe("");
  expect(planned.stdout).toContain("new        sync_one 1.0.0  catalog/templates/sync_one.yaml");
  expect(planned.stdout).toContain("2 would be created, 0 unchanged (catalog and http://");
  expect(planned.exitCode).toBe(0);
  expect(await stateOf("sync_one")).toBe("none");
  expect((await registry.cli(["sync", "catalog", "--check"], folder)).exitCode).toBe(1);

  const applied = await registry.json(["sync", "catalog", "--apply", "--check"], folder);
  expect(applied).toMatchObject({
    ...{ is_applied: true, from: { label: "catalog", commit: null } },
    counts: { created: 2, unchanged: 0, rejected: 0, restored: 0, deprecated: 0, skipped: 1 },
  });
  expect(await stateOf("sync_one")).toBe("1.0.0 live");
  const again = await registry.cli(["sync", "catalog", "--apply", "--check"], folder);
  expect(again.stdout).toMatch(/^in sync: catalog and http:\/\/\S+, 2 unchanged\n$/);
  expect(again.exitCode).toBe(0);
});

test("what the folder no longer has is deprecated under --prune, and restored when it comes back", async () => {
  const folder = temporaryFolder({
    "c/a.yaml": templateSource("pruned_a", "1.0.0"),
    "c/b.yaml": templateSource("pruned_b", "1.0.0"),
  });
  const sync = (...args: string[]) => registry.json(["sync", "c", ...args], folder);
  await sync("--apply");
  rmSync(join(folder, "c/b.yaml"));
  expect(await sync()).toMatchObject({ in_sync: true });
  const told = await registry.cli(["sync", "c", "--prune", "templates/pruned_*"], folder);
  expect(told.stdout).toBe(
    `deprecate  pruned_b 1.0.0  template\n\n1 would be deprecated, 1 unchanged (c and ${registry.url()})\n`,
  );
  expect(await stateOf("pruned_b")).toBe("1.0.0 live");
  await sync("--prune", "templates/pruned_*", "--apply");
  expect(await stateOf("pruned_b")).toBe("1.0.0 deprecated: removed from c");
  expect(await stateOf("pruned_a")).toBe("1.0.0 live");

  put(folder, "c/b.yaml", templateSource("pruned_b", "1.0.0"));
  expect(await sync()).toMatchObject({ changes: [{ change: "restored", name: "pruned_b", version: "1.0.0" }] });
  await sync("--apply");
  expect(await stateOf("pruned_b")).toBe("1.0.0 live");
});

test("with one bad file nothing is applied, with --keep-going the rest is", async () => {
  const folder = temporaryFolder({
    "c/good.yaml": templateSource("sync_good", "1.0.0"),
    "c/bad.yaml": templateSource("sync_bad", "1.0.0").replace("type: string", "type: sting"),
  });
  const refused = await registry.cli(["sync", "c", "--apply", "--prune", "templates/sync_*"], folder);
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toMatch(/c\/bad\.yaml:10:\d+: error/);
  expect(refused.stderr).toContain("nothing was applied");
  expect(refused.stderr).toContain("nothing is deprecated while files are rejected");
  expect(await stateOf("sync_good")).toBe("none");
  const kept = await registry.json(["sync", "c", "--apply", "--keep-going"], folder, 1);
  expect(kept).toMatchObject({ is_applied: true, counts: { created: 1, rejected: 1 } });
  expect(await stateOf("sync_good")).toBe("1.0.0 live");
  const fits = await registry.json(["sync", "c", "--path", "!bad.yaml"], folder);
  expect(fits).toMatchObject({ in_sync: true });
});

test("a folder of all four kinds, none of them published yet, is applied whole; code without functions is left alone", async () => {
  const skills = [{ id: "fresh_help", name: "Help", description: "Helps.", tags: ["help"] }];
  const card = { name: "fresh-helper", description: "Helps.", url: "http://localhost:9", version: "1.0.0", skills };
  const folder = temporaryFolder({
    "c/agent.json": JSON.stringify(card),
    "c/template.yaml": templateSource("fresh_template", "1.0.0"),
    "c/filter.py": functionSource("fresh_filter", "image"),
    "c/tool.py": "def helper():\n    return 1\n",
    "c/flow.yaml":
      "metadata:\n  id: fresh-flow\n  name: Flow\n  version: 1.0.0\n  description: Flows.\nsteps:\n  - id: one\n    skill: fresh_help\n",
  });
  const applied = await registry.json(["sync", "c", "--apply"], folder);
  expect(applied).toMatchObject({ is_applied: true, counts: { created: 4, rejected: 0, skipped: 1 } });
});

test("drift is told: newer there, deprecated by hand, yanked, other content under the same number", async () => {
  const names = ["drift_newer", "drift_old", "drift_yanked", "drift_taken"];
  const files = Object.fromEntries(names.map((name) => [`c/${name}.yaml`, templateSource(name, "1.0.0")]));
  const folder = temporaryFolder({ ...files, "new.yaml": templateSource("drift_newer", "1.2.0") });
  await registry.json(["sync", "c", "--apply"], folder);
  await registry.json(["publish", "new.yaml"], folder);
  await registry.json(["deprecate", "drift_old@1.0.0", "--message", "it is slow"], folder);
  await registry.json(["yank", "drift_yanked@1.0.0"], folder);
  put(folder, "c/drift_taken.yaml", templateSource("drift_taken", "1.0.0").replace("Made for", "Changed for"));
  const told = await registry.json(["sync", "c", "--check"], folder, 4);
  expect(told).toMatchObject({ in_sync: false, changes: [] });
  const { drift }: { drift: { drift: string; name: string; version: string }[] } = JSON.parse(JSON.stringify(told));
  expect(drift.map(({ drift: word, name, version }) => `${word} ${name} ${version}`).sort()).toEqual([
    "deprecated drift_old 1.0.0",
    "differs drift_taken 1.0.0",
    "newer drift_newer 1.2.0",
    "yanked drift_yanked 1.0.0",
  ]);
  rmSync(join(folder, "c/drift_taken.yaml"));
  const text = await registry.cli(["sync", "c", "--apply"], folder);
  expect(text.exitCode).toBe(0);
  expect(text.stdout).toMatch(/^deprecated drift_old 1\.0\.0 {2}template {2}deprecated since .*: it is slow;/m);
  expect(await stateOf("drift_old")).toBe("1.0.0 deprecated: it is slow");
  expect((await registry.cli(["sync", "c", "--check"], folder)).exitCode).toBe(1);
});

test("a repository is cloned by its address and branch, and its commit is the reason of a deprecation", async () => {
  const github = await startGithub();
  onTestFinished(() => github.stop());
  const repository = await github.createRepository("acme/catalog");
  const token = github.createToken({ repositories: [repository.fullName], contents: "write" });
  const copy = await cloneRepository(github.webUrl, repository, token);
  onTestFinished(() => copy.discard());
  copy.write({ "t/a.yaml": templateSource("cloned_a", "1.0.0"), "t/b.yaml": templateSource("cloned_b", "1.0.0") });
  await copy.commit("both");
  await copy.push();
  const address = `${github.webUrl}/acme/catalog`;
  const folder = temporaryFolder();
  const first = await registry.cli(["sync", address, "--apply"], folder);
  expect(first.stderr).toBe("");
  expect(first.stdout).toContain("created    cloned_a 1.0.0  t/a.yaml\n");
  copy.remove("t/b.yaml");
  const commit = await copy.commit("without b");
  await copy.push("origin", "HEAD:refs/heads/next");
  const args = ["sync", address, "--branch", "next", "--apply", "--prune", "templates/cloned_*"];
  expect(await registry.json(args, folder)).toMatchObject({ from: { label: "acme/catalog", commit } });
  expect(await stateOf("cloned_b")).toBe(`1.0.0 deprecated: removed from acme/catalog in ${commit}`);
  // A clone that somebody has is the same repository, as long as nothing is changed in it.
  expect(await registry.json(["sync", copy.folder], folder)).toMatchObject({ from: { label: "acme/catalog", commit } });
  const none = await registry.cli(["sync", `${github.webUrl}/acme/none`], folder);
  expect(none.exitCode).toBe(6);
  expect(none.stderr).toContain("cannot be cloned");
});

test("a path that is nothing, a file and a folder without anything to publish are refused", async () => {
  const folder = temporaryFolder({ "a.yaml": templateSource("sync_file", "1.0.0"), "empty/readme.md": "nothing\n" });
  for (const [where, why] of [
    ["none", "none does not exist"],
    ["a.yaml", "a.yaml is a file"],
    ["empty", "no document and no source in empty"],
  ] as const) {
    const run = await registry.cli(["sync", where, "--apply", "--prune", "*"], folder);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(why);
  }
  const pattern = await registry.cli(["sync", "empty", "--prune", "Templates"], folder);
  expect(pattern.exitCode).toBe(2);
});
