import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { pushRegistry } from "../journeys/support/push-registry.ts";
import { until } from "../journeys/support/push-stage.ts";
import { randomOf, seedOfRun } from "../journeys/support/random.ts";
import { type HostTrouble, PushStorm } from "./support/push-storm.ts";

const registry = pushRegistry();
const pushes = 60;

test(`after ${pushes} pushes, while the host failed, deliveries came twice and late, and the registry was killed, it is what the branch's head says`, async () => {
  const seed = seedOfRun();
  const random = randomOf(seed);
  const stage = await registry.stage("storm");
  const github = registry.github();
  const storm = new PushStorm(stage, random);
  const tally = { kills: 0, faults: 0, held: 0, copies: 0 };
  for (let at = 0; at < pushes; at++) {
    const trouble: HostTrouble = random.pick(["none", "none", "fault", "hold", "copies", "kill"]);
    if (trouble === "fault") {
      tally.faults += 1;
      await github.breakApi(
        random.pick([{ fault: "refuse" }, { fault: "status", status: 503 }, { fault: "cut" }] as const),
      );
    }
    if (trouble === "hold") github.posts.hold();
    github.posts.copies = trouble === "copies" ? 3 : 1;
    let commit = await storm.push();
    if (trouble === "hold") {
      tally.held += 1;
      for (let more = random.between(0, 2); more > 0; more--) commit = await storm.push();
      await github.posts.release((held) => [...held].sort(() => random.next() - 0.5));
    }
    if (trouble === "copies") tally.copies += 1;
    if (trouble === "kill") {
      tally.kills += 1;
      await pause(random.between(0, 400));
      await registry.kill();
      if (random.next() < 0.5) await storm.push();
      await registry.restart();
    }
    if (trouble === "fault") {
      await pause(random.between(0, 3000));
      await github.mendApi();
    }
    // Every other push is waited for, the rest come while one is being done. After a kill its webhook may be lost.
    if (trouble !== "kill" && random.next() < 0.5) await stage.settled(commit);
  }
  github.posts.copies = 1;
  const head = await storm.pushGood();
  // A delivery that came while the registry was down is lost: hosts do not try again. This is what people do then.
  await stage.act(":sync");
  const end = await stage.settled(head);
  expect(end, `seed ${seed}: ${end.description}`).toMatchObject({ state: "success" });
  await until("the end of all deliveries", async () => {
    const open = (await stage.deliveries()).filter(({ state }) => state === "queued" || state === "working");
    return open.length === 0 ? true : null;
  });
  expect(await stage.sourceNow()).toMatchObject({ synced_commit: head, files: storm.files.size });
  const wrong: string[] = [];
  for (const [id, version] of storm.published()) {
    const versions = await registry.versions(`templates/${id}`);
    const live = versions.split(", ").filter((one) => / live$/.test(one));
    if (version === null && live.length > 0) wrong.push(`${id} has no file, but ${live.join(", ")}`);
    if (version !== null && !live.includes(`${version} live`)) wrong.push(`${id} is at ${version}, but ${versions}`);
  }
  const states = new Map<string, number>();
  for (const { state } of await stage.deliveries()) states.set(state, (states.get(state) ?? 0) + 1);
  console.log(
    `${storm.pushed} pushes, ${tally.kills} kills, ${tally.faults} times a broken host, ${tally.held} held and shuffled, ${tally.copies} sent three times; ` +
      `deliveries: ${[...states].map(([state, count]) => `${count} ${state}`).join(", ")}; ${storm.files.size} files at the end, ${storm.published().size} names in all; seed ${seed}`,
  );
  expect(wrong, `seed ${seed}`).toEqual([]);
}, 1_200_000);
