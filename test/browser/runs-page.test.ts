import { beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { doubleSource, fourfoldSource } from "./run-sources.ts";

const browser = await launchBrowser();
const runsOfDouble = 52;

describe.skipIf("reason" in browser)("the list of runs", () => {
  const { open, send, url } = openConsole(browser);
  const withToken = true;

  beforeAll(async () => {
    await send("POST", "/v1/functions?file=double.ts", doubleSource, "application/typescript");
    await send("POST", "/v1/workflows", fourfoldSource, "application/yaml");
    const begin = (n: number) =>
      send("POST", "/v1/functions/javascript.double/runs", JSON.stringify({ inputs: { n } }));
    for (let n = 0; n < runsOfDouble - 1; n++) await begin(n);
    await begin(1000);
    await send("POST", "/v1/workflows/fourfold/runs", JSON.stringify({ inputs: { n: 2 } }));
  });

  test("shows the newest first, with state, kind and why one failed", async () => {
    const page = await open("/#/runs", { withToken });
    const entries = page.locator(".entry");
    await entries.first().waitFor();
    expect(await entries.first().locator("h2").textContent()).toBe("fourfold");
    const failed = entries.nth(1);
    expect(await failed.locator(".run-failed").textContent()).toBe("✕ failed");
    await failed.getByText("too large to be doubled").waitFor();
    expect(await page.title()).toBe("Runs · Callsheet");
    expect(await page.locator("header.bar [aria-current]").textContent()).toBe("Runs");
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByText(`${runsOfDouble + 1} runs`, { exact: true }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("javascript.double");
  });

  test("is narrowed by state, kind and name, and keeps that in the address", async () => {
    const page = await open("/#/runs", { withToken });
    expect(await page.getByLabel("Name").isDisabled()).toBe(true);
    await page.getByLabel("Kind").selectOption("workflow");
    await page.getByText("1 run", { exact: true }).waitFor();
    await page.getByLabel("Kind").selectOption("function");
    await page.getByLabel("State").selectOption("failed");
    await page.getByText("1 run", { exact: true }).waitFor();
    await page.getByLabel("Name").fill("nobody");
    await page.getByRole("heading", { name: "No run fits these filters" }).waitFor();
    expect(page.url()).toMatch(/#\/runs\?state=failed&kind=function&name=nobody$/);
    await page.reload();
    await page.getByRole("link", { name: "Show all runs" }).click();
    await page.locator(".entry").first().waitFor();
  });

  test("shows the runs of a workflow's steps when asked to", async () => {
    const page = await open("/#/runs?kind=function", { withToken });
    await page.locator(".entry").first().waitFor();
    expect(await page.getByText("does step").count()).toBe(0);
    await page.getByLabel("Steps of workflows").selectOption("shown");
    await page.getByText("does step twice of a workflow's run").waitFor();
    await page.getByRole("link", { name: "a workflow's run" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Run of fourfold" }).waitFor();
  });

  test("is opened from what was run, and leads to each run by the keyboard", async () => {
    const page = await open("/#/functions/javascript.double?tab=run", { withToken });
    await page.getByRole("link", { name: "Runs of javascript.double" }).click();
    await page.locator(".entry-link").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Run of javascript.double 1.0.0" }).waitFor();
    await page.getByText("too large to be doubled").first().waitFor();
    expect(page.url()).toContain(`${url()}/#/runs/`);
  });

  test("asks for a token where there is none, and goes on with it", async () => {
    const page = await open("/#/runs", { provokes: [401] });
    await page.getByRole("heading", { name: "A token is needed" }).waitFor();
    expect(await page.locator(".entry").count()).toBe(0);
  });
});
