import { describe, expect, test } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";

const browser = await launchBrowser();

describe.skipIf("reason" in browser)("the reference page", () => {
  const { open } = openConsole(browser);

  test("lists every operation of the API", async () => {
    const page = await open("/docs/");
    await page.locator(".opblock").first().waitFor();
    const rows = await page.locator(".opblock-summary").all();
    const shown = await Promise.all(
      rows.map(async (row) => {
        const method = await row.locator(".opblock-summary-method").textContent();
        return `${method} ${await row.locator("[data-path]").getAttribute("data-path")}`;
      }),
    );
    expect(shown).toContain("POST /v1/templates");
    expect(shown).toEqual(expect.arrayContaining(allRoutes.map((route) => `${route.method} ${route.path}`)));
  });

  test("opens an operation and calls it", async () => {
    const page = await open("/docs/");
    await page.locator(".opblock", { has: page.locator(`[data-path="/healthz"]`) }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await page.locator(".live-responses-table", { hasText: '"status": "ok"' }).waitFor();
  });

  test("leads back to the console", async () => {
    const page = await open("/docs/", { colorScheme: "dark" });
    await page.locator(".opblock").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.className)).toContain("dark-mode");
    await page.getByRole("link", { name: "Templates" }).first().click();
    await page.locator(".entry").first().waitFor();
  });
});
