import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ApiFault } from "../github/faults.ts";
import { templateSource } from "./cli-registry.ts";
import { pushRegistry } from "./support/push-registry.ts";
import { until } from "./support/push-stage.ts";

// A host that fails, and a registry that is killed, between a push and its end.

const registry = pushRegistry();

const faults: { what: string; fault: ApiFault }[] = [
  { what: "refuses connections", fault: { fault: "refuse" } },
  { what: "answers 502", fault: { fault: "status", status: 502 } },
  { what: "breaks its answers off", fault: { fault: "cut" } },
  { what: "has no requests left for us", fault: { fault: "rate-limit", resetSeconds: 3 } },
  { what: "finds us too quick", fault: { fault: "secondary", retrySeconds: 3 } },
];

for (const [at, { what, fault }] of faults.entries()) {
  test(`a push while the host's API ${what} is done once that is over, and is not held against its author`, async () => {
    const stage = await registry.stage(`faulty-${at}`);
    const github = registry.github();
    await stage.settled(await stage.push({ "t/a.yaml": templateSource(`faulty_${at}`, "1.0.0") }));
    await github.breakApi(fault);
    const commit = await stage.push({ "t/a.yaml": templateSource(`faulty_${at}`, "1.1.0") });
    const waiting = await until("a first try", async () => {
      const found = (await stage.deliveries()).find((one) => one.commit === commit);
      return found !== undefined && found.attempts > 0 && found.next_attempt_at !== null ? found : null;
    });
    expect(waiting.state).toBe("queued");
    expect(waiting.reason).not.toBeNull();
    await github.mendApi();
    expect((await stage.settled(commit)).state).toBe("success");
    expect(await registry.versions(`templates/faulty_${at}`)).toBe("1.1.0 live, 1.0.0 live");
    // Where it could not even say that it began, that was never told.
    const states = github.statusesOf(stage.repository, commit).map(({ state }) => state);
    expect(states.filter((state) => state !== "pending")).toEqual(["success"]);
  });
}

test("a credential that may not post statuses does not keep a push from being published", async () => {
  const stage = await registry.stage("faulty-status");
  const { repository } = stage;
  const reader = registry.github().createToken({ repositories: [repository.fullName], statuses: "read" });
  await stage.change({ credential: reader });
  const commit = await stage.push({ "t/a.yaml": templateSource("unposted_a", "1.0.0") });
  expect(await stage.delivery(commit)).toMatchObject({ state: "succeeded" });
  expect(await registry.versions("templates/unposted_a")).toBe("1.0.0 live");
  await until("giving up", async () => ((await stage.delivery(commit)).status_posted === "given_up" ? true : null));
});

test("a credential that is wrong fails the push with the host's own words", async () => {
  const stage = await registry.stage("faulty-credential");
  await stage.change({ credential: "github_pat_wrong" });
  const commit = await stage.push({ "t/a.yaml": templateSource("wrong_a", "1.0.0") });
  expect(await stage.delivery(commit)).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("Bad credentials"),
  });
  const credential = registry.github().createToken({ repositories: [stage.repository.fullName] });
  await stage.change({ credential });
  const { id } = await stage.delivery(commit);
  await stage.act(`/deliveries/${id}:redeliver`);
  expect((await stage.settled(commit)).state).toBe("success");
});

test("killed in the middle of a push, the registry ends it after a restart, with nothing twice and nothing half", async () => {
  const stage = await registry.stage("faulty-kill");
  const names = Array.from({ length: 60 }, (_, at) => `killed_${at}`);
  const commit = await stage.push(
    Object.fromEntries(names.map((name) => [`t/${name}.yaml`, templateSource(name, "1.0.0")])),
  );
  expect((await stage.sent(commit)).attempts).toMatchObject([{ status: 202 }]);
  // All files are read: now they are being registered.
  const blobs = () => registry.github().asked.filter(({ path }) => path.includes("/faulty-kill/git/blobs/"));
  await until("the last file's reading", async () => (blobs().length === names.length ? true : null));
  await pause(200);
  await registry.kill();
  await registry.restart();
  // The queue of one machine dies with it: cron finds what it had.
  expect((await stage.settled(commit)).state).toBe("success");
  expect(await stage.sourceNow()).toMatchObject({ synced_commit: commit, files: 60 });
  console.log(`killed in the middle of a push, it was done at attempt ${(await stage.delivery(commit)).attempts}`);
  const each = await Promise.all(names.map((name) => registry.versions(`templates/${name}`)));
  expect(new Set(each)).toEqual(new Set(["1.0.0 live"]));
}, 300_000);

test("a delivery that came while the registry was down is made good by a redelivery of the host, or a sync", async () => {
  const stage = await registry.stage("faulty-down");
  const { posts } = registry.github();
  await registry.kill();
  const commit = await stage.push({ "t/a.yaml": templateSource("down_a", "1.0.0") });
  const lost = await stage.sent(commit);
  expect(lost.attempts).toMatchObject([{ status: 0 }]);
  await registry.restart();
  await posts.redeliver(lost);
  expect((await stage.settled(commit)).state).toBe("success");
  await registry.kill();
  const second = await stage.push({ "t/a.yaml": templateSource("down_a", "1.1.0") });
  expect((await stage.sent(second)).attempts).toMatchObject([{ status: 0 }]);
  await registry.restart();
  await stage.act(":sync");
  expect((await stage.settled(second)).state).toBe("success");
  expect(await registry.versions("templates/down_a")).toBe("1.1.0 live, 1.0.0 live");
});
