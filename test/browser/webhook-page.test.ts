import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { incomingDelivery } from "../../src/contract/webhook/delivery.ts";
import { createdSource } from "../../src/contract/webhook/source.ts";
import { type GenericPush, sendGenericPush } from "../journeys/support/send-generic-push.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";

const browser = await launchBrowser();

function template(id: string, type: string): string {
  return `template:
  id: ${id}
  version: 1.0.0
  name: Test ${id}
  description: Made for a test.
  category: test
  interface:
    inputs:
      prompt: { type: ${type}, required: true }
    outputs:
      result: { type: string }
  requirements:
    resources: {}
`;
}

describe.skipIf("reason" in browser)("the page of a webhook delivery", () => {
  const { open, send, url, token } = openConsole(browser, { isEmpty: true });
  const withToken = true;
  let push: (name: string, what: GenericPush) => Promise<string>;
  let good: string;
  let bad: string;

  beforeAll(async () => {
    const source = JSON.stringify({ name: "hooked", provider: "generic", repository: "acme/templates", atomic: false });
    const { secret, hook_path } = createdSource.parse(await send("POST", "/v1/webhook-sources", source));
    push = async (name, what) => {
      const answer = await sendGenericPush(url() + hook_path, secret ?? "", name, { commit: name, ...what });
      const { delivery_id: id } = z.object({ delivery_id: z.string() }).parse(answer);
      await vi.waitFor(async () => expect(await stateOf(id)).toMatch(/succeeded|failed/), { timeout: 20_000 });
      return id;
    };
    const stateOf = async (id: string) =>
      incomingDelivery.parse(await send("GET", `/v1/webhook-sources/hooked/deliveries/${id}`)).state;
    good = await push("first", {
      files: [{ path: "templates/hook_good.yaml", content: template("hook_good", "string") }],
    });
    bad = await push("second", {
      files: [
        { path: "templates/hook_bad.yaml", content: template("hook_bad", "int") },
        { path: "templates/hook_more.yaml", content: template("hook_more", "string") },
      ],
      removed: ["templates/hook_good.yaml"],
    });
  }, 60_000);

  test("tells what a push published, and leads to it", async () => {
    const page = await open(`/#/webhooks/hooked/${good}`, { withToken });
    await page.getByRole("heading", { name: "Push from hooked" }).waitFor();
    expect(await page.locator(".run-state .badge").textContent()).toBe("✓ succeeded");
    expect(await page.title()).toBe("Delivery from hooked · Callsheet");
    await page.getByText("1 created").waitFor();
    await page.getByRole("link", { name: "hook_good@1.0.0" }).click();
    await page.getByRole("heading", { name: "Test hook_good" }).waitFor();
  });

  test("tells what is wrong with each file, and where, the bad ones first", async () => {
    const page = await open(`/#/webhooks/hooked/${bad}`, { withToken });
    await page.locator(".run-failed", { hasText: "failed" }).first().waitFor();
    const files = page.locator(".hook-file");
    expect(await files.evaluateAll((all) => all.map((one) => one.getAttribute("data-status")))).toEqual([
      "rejected",
      "created",
      "deprecated",
    ]);
    const first = files.first();
    await first.getByText("templates/hook_bad.yaml:9:23").waitFor();
    await first.getByText('there is no type "int"').waitFor();
    await first.getByText("did you mean integer?").waitFor();
    await page.getByRole("link", { name: "Webhooks of hooked" }).click();
    await page.locator(".entry").first().waitFor();
    expect(await page.locator(".entry h2").allTextContents()).toEqual(["push to main", "push to main"]);
    await page.locator(".entry-link").last().click();
    await page.getByText("templates/hook_good.yaml").waitFor();
  });

  test("follows a delivery until it has come to something", async () => {
    const page = await open("/", { withToken });
    const told = incomingDelivery.parse(await send("GET", `/v1/webhook-sources/hooked/deliveries/${good}`));
    let asked = 0;
    await page.route(`**/deliveries/${good}`, (route) => {
      asked += 1;
      const state = asked === 1 ? "queued" : asked === 2 ? "working" : "succeeded";
      const outcome = state === "succeeded" ? told.outcome : null;
      return route.fulfill({ json: { ...told, state, outcome, finished_at: null } });
    });
    await page.goto(`${url()}/#/webhooks/hooked/${good}`);
    await page.locator(".run-state", { hasText: "queued" }).waitFor();
    await page.locator(".run-state", { hasText: "succeeded" }).waitFor();
    await page
      .locator(".unseen[role=status]", { hasText: "The delivery is succeeded." })
      .waitFor({ state: "attached" });
    await page.getByText("1 created").waitFor();
  });

  test("asks for a token, and tells who it is of, until it is forgotten", async () => {
    const page = await open(`/#/webhooks/hooked/${bad}`, { provokes: [401] });
    await page.getByRole("heading", { name: "A token is needed" }).waitFor();
    expect(await page.getByRole("button", { name: "Forget the token" }).count()).toBe(0);
    await page.getByLabel("Token").fill(token());
    await page.getByRole("button", { name: "Use it" }).click();
    await page.locator(".hook-file").first().waitFor();
    await page.locator("header .who", { hasText: "admin" }).waitFor();
    await page.getByRole("button", { name: "Forget the token" }).click();
    await page.getByRole("heading", { name: "A token is needed" }).waitFor();
    expect(await page.locator("header .who").isVisible()).toBe(false);
  });

  test("says what there is none of: a delivery, a source, anything that came in", async () => {
    const page = await open(`/#/webhooks/hooked/whd_${"0".repeat(24)}`, { withToken, provokes: [404] });
    await page.getByText("DELIVERY_NOT_FOUND").waitFor();
    await page.goto(`${url()}/#/webhooks/nowhere`);
    await page.getByText("SOURCE_NOT_FOUND").waitFor();
    await send(
      "POST",
      "/v1/webhook-sources",
      JSON.stringify({ name: "quiet", provider: "generic", repository: "a/b" }),
    );
    await page.goto(`${url()}/#/webhooks/quiet`);
    await page.getByText("Nothing came in yet").waitFor();
    await page.goto(`${url()}/#/webhooks/hooked/${bad}/more`);
    await page.getByRole("heading", { name: "No such page" }).waitFor();
  });

  test.skipIf(readAxe() === null).each([
    ["in light", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
    ["in the dark", { colorScheme: "dark", viewport: { width: 1280, height: 900 } }],
    ["on a phone", { colorScheme: "light", viewport: { width: 360, height: 740 } }],
  ] as const)("is found without fault by axe %s, and fits", async (_, look) => {
    const page = await open("/", { ...look, bypassCSP: true, withToken });
    for (const [path, part] of [
      [`hooked/${bad}`, ".hook-file"],
      ["hooked", ".entry"],
      ["quiet", ".empty"],
    ]) {
      await page.goto("about:blank");
      await page.goto(`${url()}/#/webhooks/${path}`);
      await page
        .locator(part ?? "")
        .first()
        .waitFor();
      await page.locator("header .who", { hasText: "admin" }).waitFor();
      expect(await violationsOn(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(look.viewport.width);
    }
  });
});

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(readAxe() ?? "");
  const violations: unknown = await page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target)))`,
  );
  return [violations].flat().map(String);
}

/** Null where the package is not installed; accessibility.test.ts says so. */
function readAxe(): string | null {
  try {
    return readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  } catch {
    return null;
  }
}
