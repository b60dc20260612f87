import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { templateSource } from "./template-source.ts";

const browser = await launchBrowser();
const shipped = readdirSync(join(repositoryRoot, "templates")).filter((name) => name.endsWith(".yaml"));

describe.skipIf("reason" in browser)("the catalogue", () => {
  const { open, send, url } = openConsole(browser);

  beforeAll(async () => {
    const many = Array.from({ length: 60 }, (_, index) => templateSource({ id: `zz_bulk_${index}`, category: "bulk" }));
    await send("POST", "/v1/templates:batch", `[${many.join()}]`);
  });

  test("lists every shipped template with version, state and where it runs", async () => {
    const page = await open("/");
    await page.waitForSelector(".entry");
    const names = await page.locator(".entry-name").allTextContents();
    expect(names.filter((name) => !name.startsWith("zz_"))).toHaveLength(shipped.length);
    const entry = page.locator(".entry", { has: page.getByText("image_upscaling@", { exact: false }) });
    expect(await entry.locator(".badge").allTextContents()).toEqual(["live", "GPU", "image"]);
  });

  test("narrows while one types, and keeps the search in the address", async () => {
    const page = await open("/");
    await page.getByLabel("Search").pressSequentially("upscal", { delay: 20 });
    await page.waitForFunction(() => document.querySelectorAll(".entry").length === 1);
    expect(await page.locator(".entry-link").textContent()).toBe("Image upscaling");
    expect(page.url()).toMatch(/#\/templates\?q=upscal$/);
    await page.reload();
    expect(await page.getByLabel("Search").inputValue()).toBe("upscal");
    await page.getByText("1 template", { exact: true }).waitFor();
  });

  test("takes a search typed into the address as ?q=", async () => {
    const page = await open("/?q=captioning");
    await page.getByText("1 template", { exact: true }).waitFor();
    expect(page.url()).toMatch(/\/#\/templates\?q=captioning$/);
  });

  test("filters by category and by GPU, and tells when nothing is left", async () => {
    const page = await open("/#/?category=audio");
    await page.getByText("2 templates", { exact: true }).waitFor();
    await page.getByLabel("Runs on").selectOption("CPU");
    await page.getByText("No template fits these filters").waitFor();
    expect(page.url()).toMatch(/\?category=audio&gpu=false$/);
    await page.getByRole("link", { name: "Show all templates" }).click();
    await page.waitForSelector(".entry");
    expect(await page.getByLabel("Category").inputValue()).toBe("");
  });

  test("goes on after the first page and moves the focus to what is new", async () => {
    const page = await open("/#/?category=bulk");
    await page.getByText("50 templates shown, there are more").waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByText("60 templates", { exact: true }).waitFor();
    expect(await page.locator(".entry").count()).toBe(60);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      await page.locator(".entry-link").nth(50).textContent(),
    );
  });

  test("is used with the keyboard alone: / to search, arrows to a result, Enter to open it", async () => {
    const page = await open("/");
    await page.waitForSelector(".entry");
    await page.keyboard.press("/");
    await page.keyboard.type("inpainting");
    await page.getByText("1 template", { exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Inpainting" }).waitFor();
    await page.goBack();
    await page.getByText("1 template", { exact: true }).waitFor();
  });

  test("says that the registry is away, and reads again when asked to", async () => {
    const page = await open("/", { provokes: ["no answer"] });
    await page.waitForSelector(".entry");
    await page.route("**/v1/templates?*", (route) => route.abort());
    await page.getByLabel("Search").fill("speech");
    await page.getByRole("heading", { name: "The registry does not answer" }).waitFor();
    await page.unroute("**/v1/templates?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("2 templates", { exact: true }).waitFor();
  });

  test("shows what authors write as text, never as markup", async () => {
    const markup = `<img src=x onerror="document.title='taken over'"><script>document.title='taken over'</script>`;
    const inputs = { text: { type: "string", description: markup, default: markup } };
    const source = templateSource({ id: "not_markup", name: markup, description: markup, category: "markup", inputs });
    await send("POST", "/v1/templates", source);
    const page = await open("/#/?category=markup");
    const link = page.locator(".entry-link");
    await link.waitFor();
    expect(await link.textContent()).toBe(markup);
    expect(await page.locator(".entry p").textContent()).toBe(markup);
    await link.click();
    const title = page.locator(".artifact-header h1");
    await title.waitFor();
    expect(await title.textContent()).toBe(markup);
    for (const tab of ["Run", "Source", "JSON"]) await page.getByRole("tab", { name: tab }).click();
    await page.locator("#panel-source pre").waitFor({ state: "attached" });
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await page.title()).toBe("not_markup · Callsheet");
  });

  test("tells the state that the registry has reached, and that it has changed since", async () => {
    const page = await open("/#/templates/image_generation");
    await page.getByText(/^Callsheet-Seq \d+$/).waitFor();
    await page.getByText(/^release \d+\.\d+\.\d+/).waitFor();
    await send("POST", "/v1/templates", templateSource({ id: "newcomer" }));
    // As when one comes back to the tab; it would be asked every 15 s anyway.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const asked = page.waitForRequest(async (request) => (await request.headerValue("callsheet-min-seq")) !== null);
    await page.getByRole("button", { name: "Read again" }).click();
    await asked;
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("button", { name: "Read again" }).isVisible()).toBe(false);
  });

  test("fits a phone: no page scrolls sideways", async () => {
    const page = await open("/", { viewport: { width: 360, height: 740 } });
    const views = {
      "": ".entry",
      "templates/image_generation": ".fields",
      "templates/inpainting?tab=run": "textarea",
    };
    for (const [path, part] of Object.entries(views)) {
      await page.goto(`${url()}/#/${path}`);
      await page.locator(part).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });

  test("follows the system's dark mode", async () => {
    const page = await open("/", { colorScheme: "dark" });
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe("rgb(20, 22, 26)");
  });

  test("has no page at an unknown address", async () => {
    const page = await open("/#/nowhere");
    await page.getByRole("heading", { name: "No such page" }).waitFor();
  });

  test("is served with a policy that lets nothing foreign and nothing inline act", async () => {
    const { headers } = await fetch(url());
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  });
});
