import { describe, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";

const browser = await launchBrowser();
const pushed = {
  templates: "my_template:v1 my_template.yaml:application/yaml",
  functions: "numpy.sharpen:v1 sharpen.py:text/x-python",
  workflows: "code-generation:v1 code-generation.yaml:application/yaml",
  agents: "planner:v1 planner.json:application/json",
};

describe.skipIf("reason" in browser)("the catalogue of an empty registry", () => {
  const { open, url } = openConsole(browser, { isEmpty: true });

  test.each(Object.entries(pushed))(
    "says how the first of its %s is published, by CLI and by oras",
    async (kind, what) => {
      const page = await open(`/#/${kind}`, { viewport: { width: 360, height: 740 } });
      await page.getByRole("heading", { name: "Nothing is published yet" }).waitFor();
      const [cli, oras] = await page.locator(".empty pre").allTextContents();
      const [, file = ""] = /^\S+ ([^:]+):/.exec(what) ?? [];
      expect(cli?.split("\n").at(-1)).toBe(`npx callsheet publish ${file}`);
      expect(oras).toBe(`oras push --plain-http ${new URL(url()).host}/${kind}/${what}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    },
  );

  test("says where something can be run, when nothing was", async () => {
    const page = await open("/#/runs", { withToken: true, viewport: { width: 360, height: 740 } });
    await page.getByRole("heading", { name: "Nothing was run yet" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "workflow" }).click();
    await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
  });
});
