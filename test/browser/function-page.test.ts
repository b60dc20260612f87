import { beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";

const browser = await launchBrowser();
const source = `from callsheet.memory import numpy


@numpy
def brighten_stack(image, by: float = 1.5):
    """Makes a stack brighter.

    Values are multiplied and keep their type.

    Args:
        image: Stack as (C, Y, X)
        by: Factor for every value

    Returns:
        The brighter stack
    """
    return image * by
`;

describe.skipIf("reason" in browser)("functions", () => {
  const { open, send, url } = openConsole(browser);

  beforeAll(async () => {
    await send("POST", "/v1/functions?file=brighten.py", source, "text/x-python");
    await send("POST", "/v1/functions?file=brighten.py", source.replace("1.5", "2.0"), "text/x-python");
    const slug = "export function slug({ text }: { text: string }): string { return text.toLowerCase(); }";
    await send("POST", "/v1/functions?file=slug.ts", slug, "application/typescript");
  });

  test("are listed on their own, and narrowed by runtime", async () => {
    const page = await open("/#/functions");
    await page.getByRole("heading", { level: 1, name: "Functions" }).waitFor();
    await page.locator(".entry", { hasText: "numpy.brighten_stack" }).waitFor();
    await page.getByLabel("Runtime").selectOption("javascript");
    // Both were there before the choice, so only its going away shows that it acted.
    await page.locator(".entry", { hasText: "numpy.brighten_stack" }).waitFor({ state: "detached" });
    await page.locator(".entry", { hasText: "javascript.slug" }).waitFor();
    expect(page.url()).toContain("#/functions?runtime=javascript");
  });

  test("show what analysis read: docstring, inputs with defaults, runtime", async () => {
    const page = await open("/#/functions/numpy.brighten_stack");
    await page.getByText("Makes a stack brighter.", { exact: true }).waitFor();
    await page.getByText("Values are multiplied and keep their type.").waitFor();
    const by = page.getByRole("table", { name: "Inputs" }).locator("tr", { hasText: "by" }).first();
    expect((await by.locator("th, td").allTextContents()).slice(0, 3)).toEqual(["by", "float", "2"]);
    expect(await page.locator("main").textContent()).toContain(`curl ${url()}/v1/functions/numpy.brighten_stack`);
  });

  test("show their source as it was published", async () => {
    const page = await open("/#/functions/numpy.brighten_stack@1.0.0?tab=source");
    const code = page.locator("#panel-source pre");
    await code.waitFor();
    expect(await code.textContent()).toBe(source);
  });

  test("are compared like templates", async () => {
    const page = await open("/#/functions/numpy.brighten_stack/compare");
    await page.locator("main", { hasText: "default" }).waitFor();
    expect(await page.locator("main").textContent()).toContain("by");
  });
});
