import { expect, test } from "vitest";
import { cloneRepository } from "../github/working-copy.ts";
import { templateSource } from "./cli-registry.ts";
import { pushRegistry } from "./support/push-registry.ts";
import { until } from "./support/push-stage.ts";

// Pushes and deliveries that race, come twice, come late, or rewrite what was.

const registry = pushRegistry();

test("of two people who push at once both get in, one after the other, and the registry ends where the branch does", async () => {
  const stage = await registry.stage("order-race");
  const { push, repository, copy } = stage;
  await stage.settled(await push({ "t/base.yaml": templateSource("race_base", "1.0.0") }));
  const token = registry.github().createToken({ repositories: [repository.fullName], contents: "write" });
  const other = await cloneRepository(registry.github().webUrl, repository, token);
  try {
    copy.write({ "t/mine.yaml": templateSource("race_mine", "1.0.0") });
    other.write({ "t/yours.yaml": templateSource("race_yours", "1.0.0") });
    await Promise.all([copy.commit("mine"), other.commit("yours")]);
    const both = await Promise.all([copy.tryPush(), other.tryPush()]);
    expect(both.map(({ exitCode }) => exitCode === 0).sort()).toEqual([false, true]);
    const late = both[0]?.exitCode === 0 ? other : copy;
    await late.git("pull", "--quiet", "--rebase", "origin", "main");
    await late.push();
    const head = (await late.git("rev-parse", "HEAD")).trim();
    expect((await stage.settled(head)).state).toBe("success");
    for (const name of ["race_mine", "race_yours"])
      expect(await registry.versions(`templates/${name}`)).toBe("1.0.0 live");
    expect(await stage.sourceNow()).toMatchObject({ synced_commit: head, files: 3 });
  } finally {
    other.discard();
  }
});

test("ten pushes in a row end with the last, whatever is being done when they come", async () => {
  const stage = await registry.stage("order-row");
  let last = "";
  for (let patch = 0; patch < 10; patch++)
    last = await stage.push({ "t/a.yaml": templateSource("row_a", `1.0.${patch}`) });
  expect((await stage.settled(last)).state).toBe("success");
  expect(await registry.versions("templates/row_a")).toMatch(/^1\.0\.9 live/);
  await until("the end of all deliveries", async () => {
    const open = (await stage.deliveries()).filter(({ state }) => state === "queued" || state === "working");
    return open.length === 0 ? true : null;
  });
  const states = new Set((await stage.deliveries()).map(({ state }) => state));
  expect([...states].filter((state) => state !== "succeeded" && state !== "ignored")).toEqual([]);
});

test("deliveries that come in the wrong order end at the newest commit, and the old ones are ignored", async () => {
  const stage = await registry.stage("order-reversed");
  await stage.settled(await stage.push({ "t/a.yaml": templateSource("reversed_a", "1.0.0") }));
  const { posts } = registry.github();
  posts.hold();
  const commits: string[] = [];
  for (const version of ["1.1.0", "1.2.0", "1.3.0"])
    commits.push(await stage.push({ "t/a.yaml": templateSource("reversed_a", version) }));
  await until("the deliveries", async () => (posts.heldCount() === 3 ? true : null));
  await posts.release((held) => held.reverse());
  const [first = "", second = "", third = ""] = commits;
  expect((await stage.settled(third)).state).toBe("success");
  expect(await stage.delivery(first)).toMatchObject({
    state: "ignored",
    reason: expect.stringContaining("newer commit"),
  });
  expect(await stage.delivery(second)).toMatchObject({ state: "ignored" });
  expect(await stage.sourceNow()).toMatchObject({ synced_commit: third });
  expect(await registry.versions("templates/reversed_a")).toBe("1.3.0 live, 1.0.0 live");
});

test("a delivery that comes five times is done once, and an old one that is sent again changes nothing", async () => {
  const stage = await registry.stage("order-twice");
  const { posts } = registry.github();
  posts.copies = 5;
  const commit = await stage.push({ "t/a.yaml": templateSource("twice_a", "1.0.0") });
  expect((await stage.settled(commit)).state).toBe("success");
  posts.copies = 1;
  await posts.settled();
  const sent = await stage.sent(commit);
  expect(sent.attempts.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 202]);
  expect(await stage.deliveries()).toHaveLength(1);

  const removal = await stage.push({ "t/a.yaml": null });
  expect((await stage.settled(removal)).description).toBe("1 deprecated");
  await posts.redeliver(sent);
  expect(sent.attempts.at(-1)).toMatchObject({ status: 200, text: expect.stringContaining("duplicate") });
  // The same bytes under another id, as somebody who has them would send them: the signature is right, the push is old.
  const replayed = { ...sent, guid: "00000000-0000-4000-8000-000000000000", attempts: [] };
  await posts.redeliver(replayed);
  expect(replayed.attempts).toMatchObject([{ status: 200, text: expect.stringContaining("duplicate") }]);
  expect(await registry.versions("templates/twice_a")).toMatch(/^1\.0\.0 deprecated/);
  expect(await stage.sourceNow()).toMatchObject({ synced_commit: removal });
});

test("a force push is compared by its files: what it takes away is deprecated, what it brings is published", async () => {
  const stage = await registry.stage("order-force");
  await stage.settled(await stage.push({ "t/a.yaml": templateSource("force_a", "1.0.0") }));
  const base = (await stage.copy.git("rev-parse", "HEAD")).trim();
  await stage.settled(await stage.push({ "t/b.yaml": templateSource("force_b", "1.0.0") }));
  await stage.copy.git("reset", "--quiet", "--hard", base);
  stage.copy.write({ "t/c.yaml": templateSource("force_c", "1.0.0") });
  const forced = await stage.copy.commit("another way");
  await stage.copy.push("--force", "origin", "HEAD");
  expect(await stage.settled(forced)).toMatchObject({ state: "success", description: "1 published, 1 deprecated" });
  expect(await registry.versions("templates/force_b")).toMatch(/^1\.0\.0 deprecated/);
  expect(await registry.versions("templates/force_c")).toBe("1.0.0 live");
});

test("a branch that is new at the host is published whole; other branches, tags and a branch's end are not", async () => {
  const stage = await registry.stage("order-branch", { branch: "release" });
  const main = await stage.push({ "t/a.yaml": templateSource("branch_a", "1.0.0") });
  await stage.copy.push("origin", "HEAD:refs/tags/v1");
  const { attempts } = await stage.sent(main);
  expect(attempts).toMatchObject([{ status: 200, text: expect.stringContaining("ignored") }]);
  expect(await registry.versions("templates/branch_a")).toBe("none");

  await stage.copy.push("origin", "HEAD:refs/heads/release");
  expect((await stage.settled(main)).description).toBe("1 published");
  expect(await registry.versions("templates/branch_a")).toBe("1.0.0 live");
  await stage.copy.push("origin", ":refs/heads/release");
  await until("the end's delivery", async () =>
    registry
      .github()
      .posts.deliveries.some(
        ({ hook, body, attempts }) => hook === stage.hook && body.includes('"deleted":true') && attempts.length > 0,
      )
      ? true
      : null,
  );
  expect(await registry.versions("templates/branch_a")).toBe("1.0.0 live");
});

test("a source that is paused ignores pushes, and a sync by hand takes up where it was", async () => {
  const stage = await registry.stage("order-paused");
  await stage.settled(await stage.push({ "t/a.yaml": templateSource("paused_a", "1.0.0") }));
  await stage.change({ state: "paused" });
  const commit = await stage.push({ "t/b.yaml": templateSource("paused_b", "1.0.0") });
  expect((await stage.delivery(commit)).state).toBe("ignored");
  expect(await registry.versions("templates/paused_b")).toBe("none");
  await stage.change({ state: "active" });
  await stage.act(":sync");
  expect((await stage.settled(commit)).state).toBe("success");
  expect(await registry.versions("templates/paused_b")).toBe("1.0.0 live");
});
