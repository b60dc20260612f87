import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { templateSource } from "./template-source.ts";

const browser = await launchBrowser();

describe.skipIf("reason" in browser)("a template's page", () => {
  const { open, send, url } = openConsole(browser);

  beforeAll(async () => {
    const count = (max: number) => ({ count: { type: "integer", max } });
    await send("POST", "/v1/templates", templateSource({ id: "counter", inputs: count(8) }));
    await send("POST", "/v1/templates", templateSource({ id: "counter", version: "2.0.0", inputs: count(4) }));
    await send("PUT", "/v1/templates/counter/tags/stable", JSON.stringify({ version: "1.0.0" }));
    const notice = { message: "counts too far", successor: "counter@2.0.0" };
    await send("POST", "/v1/templates/counter/versions/1.0.0:deprecate", JSON.stringify(notice));
  });

  test("shows each input with type, default and rules, those inside lists too", async () => {
    const page = await open("/#/templates/image_generation@%5E1");
    const row = (name: string) => page.getByRole("table", { name: "Inputs" }).locator("tr", { hasText: name }).first();
    await row("prompt").waitFor();
    const cells = async (name: string) => (await row(name).locator("th, td").allTextContents()).slice(0, 4);
    expect(await cells("prompt")).toEqual(["promptrequired", "string", "", "1 to 2000 characters"]);
    expect(await cells("width")).toEqual(["width", "integer", "1024", "256 to 2048multiple of 64"]);
    expect(await cells("styles[].weight")).toEqual(["styles[].weight", "float", "1", "0 to 2multiple of 0.05"]);
    expect(await page.getByRole("table", { name: "Outputs" }).locator("tbody tr").count()).toBeGreaterThan(0);
    await page.getByText("12 GB VRAM").waitFor();
    expect(await page.locator("main").textContent()).toContain(`curl ${url()}/v1/templates/image_generation@%5E1`);
  });

  test("leads to the exact parent that it extends", async () => {
    const page = await open("/#/templates/image_generation");
    await page.getByRole("link", { name: "base_generation@1.0.0" }).click();
    await page.getByRole("heading", { level: 1, name: "Generation" }).waitFor();
    await page.getByRole("tab", { name: "Run" }).click();
    await page.getByText("is abstract").waitFor();
  });

  test("tells what is wrong with inputs, by JSON Pointer", async () => {
    const page = await open("/#/templates/image_generation?tab=run", { provokes: [422] });
    await page.getByLabel("Inputs, as JSON").fill(`{"promt": "a cat", "width": 3}`);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.locator(".issues").waitFor();
    const pointers = await page.locator(".issues .pointer").allTextContents();
    expect(new Set(pointers)).toEqual(new Set(["/prompt", "/width", "/promt"]));
    expect(await page.locator(".issues").textContent()).toContain("did you mean prompt?");
  });

  test("tells what a run would be given, what of it is default, and what it needs", async () => {
    const page = await open("/#/templates/image_generation?tab=run");
    const inputs = page.getByLabel("Inputs, as JSON");
    await inputs.fill(`{"prompt": "a cat", "quality": "high"}`);
    await inputs.press("Control+Enter");
    await page.getByRole("heading", { name: "Accepted by image_generation@1.0.0" }).waitFor();
    const row = (name: string) =>
      page.locator(".accepted tr", { hasText: name }).first().locator("th, td").allTextContents();
    expect(await row("prompt")).toEqual(["prompt", `"a cat"`, "given"]);
    expect(await row("width")).toEqual(["width", "1024", "default"]);
    expect(await page.locator(".accepted .figures").textContent()).toContain("16 GB VRAM");
  });

  test("says that what was typed is no JSON without asking the registry", async () => {
    const page = await open("/#/templates/image_generation?tab=run");
    await page.getByLabel("Inputs, as JSON").fill(`{"prompt": `);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByRole("heading", { name: "This is not a JSON object" }).waitFor();
  });

  test("shows the source byte for byte, and its tabs are chosen with the arrow keys", async () => {
    const page = await open("/#/templates/image_generation");
    await page.getByRole("tab", { name: "Interface" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.locator("#panel-source pre").waitFor();
    const source = readFileSync(join(repositoryRoot, "templates", "image_generation.yaml"), "utf8");
    expect((await page.locator("#panel-source pre").textContent())?.trimEnd()).toBe(source.trimEnd());
    expect(page.url()).toMatch(/\?tab=source$/);
  });

  test("says that a version is deprecated and what to use instead", async () => {
    const page = await open("/#/templates/counter@stable");
    await page.getByText("This version is deprecated").waitFor();
    expect(await page.locator(".notice").textContent()).toContain("counts too far");
    await page.getByRole("link", { name: "counter@2.0.0" }).click();
    await page.locator(".identity", { hasText: "counter@2.0.0" }).waitFor();
    const versions = await page.locator(".versions li").allTextContents();
    expect(versions[0]).toMatch(/^2\.0\.0latest/);
    expect(versions[1]).toMatch(/^1\.0\.0stabledeprecated/);
  });

  test("compares two versions, the level of each change in words", async () => {
    const page = await open("/#/templates/counter");
    await page.getByRole("link", { name: "Compare versions" }).click();
    await page.getByText("From 1.0.0 to 2.0.0").waitFor();
    expect(await page.locator(".change .level").allTextContents()).toEqual(["breaking"]);
    expect(await page.locator(".change .pointer").textContent()).toBe("/template/interface/inputs/count/max");
    await page.getByLabel("From").selectOption("2.0.0");
    await page.getByText("do not differ").waitFor();
    expect(page.url()).toMatch(/\?from=2\.0\.0&to=2\.0\.0$/);
  });

  test("repeats what the registry says of a name or a version that is not there", async () => {
    const page = await open("/#/templates/counter@9.0.0", { provokes: [404] });
    await page.getByText("its highest is 2.0.0").waitFor();
    await page.goto(`${url()}/#/templates/nobody`);
    await page.getByText("NAME_NOT_FOUND").waitFor();
  });
});
