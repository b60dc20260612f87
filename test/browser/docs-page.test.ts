import type { Page } from "playwright-core";
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
    const shown = await operationsOf(page);
    expect(shown).toContain("POST /v1/templates");
    expect(shown).toEqual(expect.arrayContaining(allRoutes.map((route) => `${route.method} ${route.path}`)));
  });

  test("opens an operation and calls it", async () => {
    const page = await open("/docs/");
    await page.getByPlaceholder("Filter by tag").fill("Registry");
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

/** All that are listed. Of so many, Swagger UI draws only those in view: the page is gone through from top to end. */
async function operationsOf(page: Page): Promise<string[]> {
  const seen = new Set<string>();
  for (let isEnd = false; !isEnd; ) {
    for (const row of await page.evaluate(rowsInView)) seen.add(row);
    isEnd = await page.evaluate(() => {
      const before = window.scrollY;
      window.scrollBy(0, window.innerHeight / 2);
      return window.scrollY === before;
    });
    // Drawn with the next frame.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
  return [...seen];
}

function rowsInView(): string[] {
  return [...document.querySelectorAll(".opblock-summary")].map((row) => {
    const path = row.querySelector("[data-path]")?.getAttribute("data-path");
    return `${row.querySelector(".opblock-summary-method")?.textContent} ${path}`;
  });
}
