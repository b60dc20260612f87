import { expect, test } from "vitest";
import { templateSource } from "./cli-registry.ts";
import { pushRegistry } from "./support/push-registry.ts";

// What a real `git push` to a repository comes to in the registry and on its commit.

const registry = pushRegistry();
const bad = (id: string) => templateSource(id, "1.0.0").replace("type: string, required", "type: sting, required");

test("a pushed template is published, and its commit shows a green status that leads to the delivery", async () => {
  const stage = await registry.stage("pushed-green");
  const commit = await stage.push({ "templates/green.yaml": templateSource("green_one", "1.0.0") });
  const status = await stage.settled(commit);
  expect(status).toMatchObject({ state: "success", context: "callsheet/pushed-green", description: "1 published" });
  const delivery = await stage.delivery(commit);
  expect(status.targetUrl).toBe(`${registry.now().url}/#/webhooks/pushed-green/${delivery.id}`);
  expect(delivery).toMatchObject({
    ...{ state: "succeeded", event: "push", ref: "refs/heads/main", commit, pusher: "mona", attempts: 1 },
    outcome: {
      ...{ commit, base: null, dry_run: false, counts: { created: 1 } },
      files: [{ path: "templates/green.yaml", change: "added", status: "created" }],
    },
  });
  const states = registry
    .github()
    .statusesOf(stage.repository, commit)
    .map(({ state }) => state);
  expect(states).toEqual(["pending", "success"]);
  expect(await registry.versions("templates/green_one")).toBe("1.0.0 live");
  expect(await stage.sourceNow()).toMatchObject({ synced_commit: commit, files: 1 });
  const [answer] = (await stage.sent(commit)).attempts;
  expect(answer?.status).toBe(202);
});

test("a bad file makes the status red with its line, and nothing of the push is published", async () => {
  const stage = await registry.stage("pushed-atomic");
  const commit = await stage.push({
    "templates/good.yaml": templateSource("atomic_good", "1.0.0"),
    "templates/bad.yaml": bad("atomic_bad"),
  });
  const status = await stage.settled(commit);
  expect(status.state).toBe("failure");
  expect(status.description).toMatch(/^templates\/bad\.yaml:10 .*sting/);
  const { outcome } = await stage.delivery(commit);
  expect(outcome?.counts).toEqual({ held: 1, rejected: 1 });
  expect(await registry.versions("templates/atomic_good")).toBe("none");

  // Mended, both are published: the bad push left nothing behind.
  const mended = await stage.push({ "templates/bad.yaml": templateSource("atomic_bad", "1.0.0") });
  expect(await stage.settled(mended)).toMatchObject({ state: "success", description: "2 published" });
  expect(await registry.versions("templates/atomic_good")).toBe("1.0.0 live");
  expect(await registry.versions("templates/atomic_bad")).toBe("1.0.0 live");
});

test("where each file is for itself, a bad one is told and the rest is published", async () => {
  const stage = await registry.stage("pushed-each", { atomic: false });
  const commit = await stage.push({
    "templates/good.yaml": templateSource("each_good", "1.0.0"),
    "templates/bad.yaml": bad("each_bad"),
  });
  const status = await stage.settled(commit);
  expect(status.state).toBe("failure");
  expect(status.description).toMatch(/^templates\/bad\.yaml:10 /);
  expect(await registry.versions("templates/each_good")).toBe("1.0.0 live");
  // The next push does not have to touch it for it to be told again, nor to publish it once it is good.
  const mended = await stage.push({ "templates/bad.yaml": templateSource("each_bad", "1.0.0") });
  expect(await stage.settled(mended)).toMatchObject({ state: "success", description: "1 published" });
});

test("a file that is removed deprecates what it published, and brings it back when it comes back", async () => {
  const stage = await registry.stage("pushed-removal");
  const text = templateSource("removal_one", "1.0.0");
  await stage.settled(await stage.push({ "t/one.yaml": text, "t/two.yaml": templateSource("removal_two", "1.0.0") }));
  const commit = await stage.push({ "t/one.yaml": null });
  expect(await stage.settled(commit)).toMatchObject({ state: "success", description: "1 deprecated" });
  expect(await registry.versions("templates/removal_one")).toBe(
    `1.0.0 deprecated: removed from acme/pushed-removal in ${commit}`,
  );
  expect(await registry.versions("templates/removal_two")).toBe("1.0.0 live");
  const back = await stage.push({ "t/one.yaml": text });
  expect(await stage.settled(back)).toMatchObject({ state: "success", description: "1 restored" });
  expect(await registry.versions("templates/removal_one")).toBe("1.0.0 live");
});

test("a file that is renamed changes nothing, and one that is renamed and edited keeps what it published", async () => {
  const stage = await registry.stage("pushed-rename");
  const text = templateSource("renamed_one", "1.0.0");
  await stage.settled(await stage.push({ "t/one.yaml": text }));
  const renamed = await stage.push({ "t/one.yaml": null, "t/sub/eins.yaml": text });
  expect((await stage.settled(renamed)).state).toBe("success");
  const { outcome } = await stage.delivery(renamed);
  expect(outcome?.files ?? []).toEqual(
    outcome?.files.length === 0
      ? []
      : [
          expect.objectContaining({
            change: "renamed",
            previous_path: "t/one.yaml",
            path: "t/sub/eins.yaml",
            status: "unchanged",
          }),
        ],
  );
  expect(await registry.versions("templates/renamed_one")).toBe("1.0.0 live");
  const edited = await stage.push({ "t/sub/eins.yaml": null, "t/uno.yaml": templateSource("renamed_one", "1.1.0") });
  expect((await stage.settled(edited)).state).toBe("success");
  expect(await registry.versions("templates/renamed_one")).toBe("1.1.0 live, 1.0.0 live");
});

test("a changed file under the same version is refused with what to do", async () => {
  const stage = await registry.stage("pushed-taken");
  await stage.settled(await stage.push({ "t/one.yaml": templateSource("taken_one", "1.0.0") }));
  const changed = templateSource("taken_one", "1.0.0").replace("Made for", "Changed for");
  const commit = await stage.push({ "t/one.yaml": changed });
  expect((await stage.settled(commit)).state).toBe("failure");
  const { outcome } = await stage.delivery(commit);
  expect(outcome?.files).toMatchObject([{ path: "t/one.yaml", status: "rejected", code: "VERSION_TAKEN" }]);
  expect(JSON.stringify(outcome?.files[0])).toContain("raise the version");
});

test("all four kinds in one push are published in the order in which they need each other", async () => {
  const stage = await registry.stage("pushed-kinds");
  const card = { name: "kinds-helper", description: "Helps.", url: "http://localhost:9", version: "1.0.0" };
  const skills = [{ id: "kinds_help", name: "Help", description: "Helps.", tags: ["help"] }];
  const commit = await stage.push({
    "a/flow.yaml":
      "metadata:\n  id: kinds-flow\n  name: Flow\n  version: 1.0.0\n  description: Flows.\nsteps:\n  - id: one\n    skill: kinds_help\n",
    "b/card.json": JSON.stringify({ ...card, skills }, null, 2),
    "c/child.yaml": templateSource("kinds_child", "1.0.0", "  extends: kinds_parent@^1\n"),
    "d/parent.yaml": templateSource("kinds_parent", "1.0.0"),
    "e/filter.py": "@numpy\ndef kinds_filter(image):\n    return image\n",
    "e/double.ts": "export function kinds_double({ n }: { n: number }): number {\n  return n * 2;\n}\n",
    "README.md": "# not ours\n",
    ".github/workflows/ci.yaml": "on: push\njobs: {}\n",
    "docker-compose.yaml": "services:\n  web: { image: nginx }\n",
  });
  expect(await stage.settled(commit)).toMatchObject({ state: "success" });
  for (const repository of [
    "templates/kinds_parent",
    "templates/kinds_child",
    "functions/numpy.kinds_filter",
    "agents/kinds-helper",
    "workflows/kinds-flow",
  ])
    expect(await registry.versions(repository), repository).toBe("1.0.0 live");
  const { outcome } = await stage.delivery(commit);
  expect(outcome?.counts.created).toBe(6);
});

test("a source that only plans shows what would be, and changes nothing", async () => {
  const stage = await registry.stage("pushed-plan", { mode: "plan" });
  const commit = await stage.push({ "t/one.yaml": templateSource("planned_one", "1.0.0") });
  expect(await stage.settled(commit)).toMatchObject({ state: "success", description: "would be: 1 published" });
  expect((await stage.delivery(commit)).outcome).toMatchObject({ dry_run: true, seq: null });
  const refused = await stage.push({ "t/bad.yaml": bad("planned_bad") });
  expect((await stage.settled(refused)).state).toBe("failure");
  expect(await registry.versions("templates/planned_one")).toBe("none");
});

test("only files that the source watches are published", async () => {
  const stage = await registry.stage("pushed-globs", { paths: ["catalog/**/*.yaml", "!catalog/drafts/**"] });
  const commit = await stage.push({
    "catalog/a/one.yaml": templateSource("globs_one", "1.0.0"),
    "catalog/drafts/two.yaml": templateSource("globs_two", "1.0.0"),
    "other/three.yaml": templateSource("globs_three", "1.0.0"),
  });
  expect(await stage.settled(commit)).toMatchObject({ state: "success", description: "1 published" });
  expect(await registry.versions("templates/globs_two")).toBe("none");
});

test("five hundred files in one push are published, and taken away again, even where trees are told in parts", async () => {
  const stage = await registry.stage("pushed-many");
  const paths = Array.from({ length: 500 }, (_, at) => `t/${at % 10}/many_${at}.yaml`);
  const files = Object.fromEntries(paths.map((path, at) => [path, templateSource(`many_${at}`, "1.0.0")]));
  registry.github().truncateTrees(100);
  const begun = performance.now();
  const commit = await stage.push(files);
  expect(await stage.settled(commit)).toMatchObject({ state: "success", description: "500 published" });
  console.log(`500 files: ${Math.round(performance.now() - begun)} ms from git push to the green status`);
  registry.github().truncateTrees(100_000);
  expect(await registry.versions("templates/many_499")).toBe("1.0.0 live");
  // More files than any payload or comparison of the host would tell.
  const gone = await stage.push(Object.fromEntries(paths.slice(0, 400).map((path) => [path, null])));
  expect(await stage.settled(gone)).toMatchObject({ state: "success", description: "400 deprecated" });
  expect(await registry.versions("templates/many_399")).toMatch(/^1\.0\.0 deprecated/);
  expect(await registry.versions("templates/many_400")).toBe("1.0.0 live");
}, 400_000);
