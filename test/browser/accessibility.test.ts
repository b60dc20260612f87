import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { agentCard } from "./agent-card.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { releaseSource, workflowSource } from "./workflow-source.ts";

const browser = await launchBrowser();
const axe = readAxe();

/** Each page, and the part that says that it is there. */
const pages = {
  templates: ".entry",
  workflows: ".entry",
  agents: ".entry",
  "agents?q=nothing+fits": ".empty",
  "templates/image_generation": ".fields",
  "templates/inpainting?tab=check": "textarea",
  "templates/image_generation?tab=source": "#panel-source pre",
  "workflows/survey-code": ".answering a",
  "workflows/survey-code?tab=json": "#panel-json pre",
  "agents/planner": ".who-answers a",
  "agents/nobody": ".failure",
};
const looks = {
  "in light": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "in the dark": { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  "on a phone": { colorScheme: "light", viewport: { width: 360, height: 740 } },
} as const;

describe.skipIf("reason" in browser || axe === null)("what axe finds wrong with the console", () => {
  const { open, send, sweep, url } = openConsole(browser);

  beforeAll(async () => {
    await send("POST", "/v1/workflows", workflowSource, "application/yaml");
    await send("POST", "/v1/workflows", releaseSource, "application/yaml");
    const schema = { type: "object" };
    const skills = [
      { id: "plan_code", name: "Plan code", tags: ["code"], examples: ["Plan it"], input_schema: schema },
    ];
    const more = { labels: { team: "tools" }, provider: { organization: "Tools", url: "https://tools.example.com/" } };
    await send("POST", "/v1/agents", agentCard({ id: "planner", url: "http://127.0.0.1:9", skills, ...more }));
    await sweep();
  });

  test.each(Object.entries(looks))("is nothing %s", async (_, look) => {
    // The policy lets no foreign script in, and axe is one.
    const page = await open("/", { ...look, bypassCSP: true, provokes: [404] });
    const found: string[] = [];
    for (const [path, part] of Object.entries(pages)) {
      // Else the part might be the last page's.
      await page.goto("about:blank");
      await page.goto(`${url()}/#/${path}`);
      await page.locator(part).first().waitFor();
      await page.evaluate(axe ?? "");
      const violations: unknown = await page.evaluate(
        `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target)))`,
      );
      found.push(...[violations].flat().map((violation) => `${path}: ${violation}`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
        look.viewport.width,
      );
    }
    expect(found).toEqual([]);
  });
});

/** Null, and said, where the package is not installed. */
function readAxe(): string | null {
  try {
    return readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  } catch (error) {
    console.warn(`axe is not asked: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
