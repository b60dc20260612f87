import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createdSubscription, outgoingDelivery } from "../../src/contract/subscription/subscription.ts";
import { incomingDeliveryPage } from "../../src/contract/webhook/delivery.ts";
import { createdSource, webhookSource } from "../../src/contract/webhook/source.ts";
import { runCli } from "../cli/run-cli.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";
import { hookReceiver } from "./support/hook-receiver.ts";
import { sendGenericPush } from "./support/send-generic-push.ts";

const { cli, json, env } = cliRegistry();

describe("a webhook source", () => {
  test("tells what to enter at its host, and keeps what a change does not say", async () => {
    const cwd = temporaryFolder();
    const added = await cli(
      ["webhooks", "add", "jcw-github", "--github", "acme/templates", "--path", "templates/**"],
      cwd,
    );
    expect(added, added.stderr).toMatchObject({ exitCode: 0 });
    expect(added.stdout).toContain("https://github.com/acme/templates/settings/hooks/new");
    expect(added.stdout).toMatch(/Payload URL +http:\/\/\S+\/v1\/webhooks\/github\/jcw-github\n/);
    expect(added.stdout).toMatch(/Content type +application\/json\n +Secret +\S{32,}\n/);
    expect(added.stderr).toContain("--credential-stdin");

    const change = ["webhooks", "change", "jcw-github", "--keep-going", "--credential-stdin", "--json"];
    const changed = await runCli(change, { cwd, env: env(), input: "ghp_secret\n" });
    expect(changed, changed.stderr).toMatchObject({ exitCode: 0 });
    expect(webhookSource.parse(JSON.parse(changed.stdout))).toMatchObject({
      ...{ paths: ["templates/**"], branch: "main", mode: "publish", atomic: false, has_credential: true },
    });
    expect(changed.stdout).not.toContain("ghp_secret");
    expect(await json(["webhooks", "change", "jcw-github", "--no-credential", "--plan-only"], cwd)).toMatchObject({
      ...{ paths: ["templates/**"], mode: "plan", atomic: false, has_credential: false },
    });
    expect(await cli(["webhooks", "change", "jcw-github"], cwd)).toMatchObject({ exitCode: 2 });
    expect((await cli(["webhooks"], cwd)).stdout).toMatch(
      /jcw-github +active +github +acme\/templates +main +plans only/,
    );
    expect((await cli(["webhooks", "pause", "jcw-github"], cwd)).stdout).toBe("jcw-github is paused\n");
    expect((await cli(["webhooks", "resume", "jcw-github"], cwd)).stdout).toBe("jcw-github is active\n");
    expect((await cli(["webhooks", "remove", "jcw-github", "--yes"], cwd)).stdout).toContain("is removed");
    expect(await cli(["webhooks", "show", "jcw-github"], cwd)).toMatchObject({ exitCode: 3 });
  });

  test("tells of each push what came of it, with the lines of what is wrong, and does it again", async () => {
    const cwd = temporaryFolder();
    const add = ["webhooks", "add", "jcw-pushed", "--generic", "acme/pushed"];
    const made = createdSource.extend({ hook_url: z.url() }).parse(await json(add, cwd));
    expect((await cli(["webhooks", "deliveries", "jcw-pushed"], cwd)).stdout).toBe("nothing came in yet\n");
    const files = (id: string, type: string) => [
      {
        path: `templates/${id}.yaml`,
        content: templateSource(id, "1.0.0").replace("type: string, required", `type: ${type}, required`),
      },
    ];
    await sendGenericPush(made.hook_url, made.secret ?? "", "jcw-1", {
      commit: "aaaa1111",
      files: files("jcw_good", "string"),
    });
    await sendGenericPush(made.hook_url, made.secret ?? "", "jcw-2", {
      commit: "bbbb2222",
      files: files("jcw_bad", "int"),
    });
    const states = async () =>
      incomingDeliveryPage
        .parse(await json(["webhooks", "deliveries", "jcw-pushed"], cwd))
        .items.map(({ state }) => state);
    await expect.poll(states, { timeout: 30_000 }).toEqual(["failed", "succeeded"]);

    expect((await cli(["show", "jcw_good"], cwd)).stdout).toContain("# jcw_good 1.0.0 (live)");
    const good = await cli(["webhooks", "delivery", "jcw-pushed", "aaaa1111"], cwd);
    expect(good.stdout).toMatch(/created +templates\/jcw_good\.yaml {2}template jcw_good 1\.0\.0/);
    const bad = await cli(["webhooks", "delivery", "jcw-pushed", "jcw-2"], cwd);
    expect(bad).toMatchObject({ exitCode: 0 });
    expect(bad.stdout).toContain('templates/jcw_bad.yaml:10:23: error[unknown_type]: there is no type "int"');
    const failed = await cli(["webhooks", "deliveries", "jcw-pushed", "--state", "failed"], cwd);
    expect(failed.stdout).toContain("bbbb2222");
    expect(failed.stdout).not.toContain("aaaa1111");
    const again = await cli(["webhooks", "redeliver", "jcw-pushed", "bbbb2222", "--wait"], cwd);
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.stdout).toContain("error[unknown_type]");
    expect(await cli(["webhooks", "sync", "jcw-pushed"], cwd)).toMatchObject({ exitCode: 4 });
    expect(await cli(["webhooks", "delivery", "jcw-pushed", "cccc3333"], cwd)).toMatchObject({ exitCode: 3 });
  });
});

describe("a subscription", () => {
  test("is told of changes, pinged, and given another secret; both sign for a while", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jcw_told", "1.0.0") });
    const receiver = await hookReceiver();
    const add = ["subscriptions", "add", receiver.url, "--event", "version.published", "--name", "templates/jcw_to*"];
    const { id, secret } = createdSubscription.parse(await json(add, cwd));
    const shown = await cli(["subscriptions", "show", receiver.url], cwd);
    expect(shown.stdout).toMatch(/events +version\.published\nnames +templates\/jcw_to\*\n/);
    expect(shown.stdout).not.toContain(secret);
    const ping = await cli(["subscriptions", "ping", id], cwd);
    expect(ping, ping.stderr).toMatchObject({ exitCode: 0 });
    expect(ping.stdout).toMatch(/200 {2}in \d+ ms/);

    const rotated = createdSubscription.parse(await json(["subscriptions", "rotate", id, "--overlap", "1h"], cwd));
    expect(rotated.secrets).toHaveLength(2);
    await json(["publish", "t.yaml"], cwd);
    await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(2);
    const [, told] = receiver.received;
    for (const one of [secret, rotated.secret]) {
      expect(new Webhook(one).verify(told?.body ?? "", told?.headers ?? {})).toMatchObject({
        ...{ type: "version.published", data: { name: "jcw_told", version: "1.0.0" } },
      });
    }
    const sent = async () => (await cli(["subscriptions", "deliveries", id, "--state", "delivered"], cwd)).stdout;
    await expect.poll(sent, { timeout: 30_000 }).toContain("templates/jcw_told");
    const delivery = /evt_[0-9a-f]+/.exec(await sent())?.[0] ?? "";
    const again = outgoingDelivery.parse(await json(["subscriptions", "resend", id, delivery], cwd));
    expect(again.id).toBe(delivery);
    await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(3);
    expect(receiver.received[2]?.headers["webhook-id"]).toBe(told?.headers["webhook-id"]);
  });

  test("that fails says how, keeps what its change does not say, and is paused, resumed, removed", async () => {
    const cwd = temporaryFolder();
    const receiver = await hookReceiver();
    receiver.status = 500;
    const add = ["subscriptions", "add", receiver.url, "--name", "functions/*", "--description", "for a test"];
    const { id } = createdSubscription.parse(await json(add, cwd));
    const ping = await cli(["subscriptions", "ping", id], cwd);
    expect(ping).toMatchObject({ exitCode: 1 });
    expect(ping.stdout).toMatch(/ 500[: ]/);
    expect(await json(["subscriptions", "change", id, "--follow-redirects"], cwd)).toMatchObject({
      ...{ url: receiver.url, names: ["functions/*"], description: "for a test", redirects: "follow", events: null },
    });
    expect((await cli(["subscriptions", "pause", id], cwd)).stdout).toContain(`${id} is paused`);
    expect((await cli(["subscriptions"], cwd)).stdout).toMatch(new RegExp(`${id} +paused`));
    expect((await cli(["subscriptions", "resume", id], cwd)).stdout).toContain(`${id} is active`);
    expect(await cli(["subscriptions", "remove", id], cwd)).toMatchObject({ exitCode: 2 });
    expect((await cli(["subscriptions", "remove", id, "--yes"], cwd)).stdout).toContain("is removed");
    expect(await cli(["subscriptions", "show", id], cwd)).toMatchObject({ exitCode: 3 });
  });
});
