import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/contract/run/run.ts";
import { agentCard } from "./agent-card.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { askedSource, doubleSource, eachSource } from "./run-sources.ts";
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
  "templates/inpainting?tab=run": "textarea",
  "templates/image_generation?tab=source": "#panel-source pre",
  "workflows/survey-code": ".answering a",
  "workflows/survey-code?tab=json": "#panel-json pre",
  "agents/planner": ".who-answers a",
  "agents/nobody": ".failure",
  runs: ".entry",
  "runs?state=leased": ".empty",
};
const looks = {
  "in light": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "in the dark": { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  "on a phone": { colorScheme: "light", viewport: { width: 360, height: 740 } },
} as const;

describe.skipIf("reason" in browser || axe === null)("what axe finds wrong with the console", () => {
  const { open, send, sweep, url } = openConsole(browser);
  const runPages: Record<string, string> = {};

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
    await send("POST", "/v1/functions?file=double.ts", doubleSource, "application/typescript");
    for (const source of [askedSource, eachSource]) await send("POST", "/v1/workflows", source, "application/yaml");
    const begin = async (workflow: string, inputs: Record<string, unknown>) =>
      run.parse(await send("POST", `/v1/workflows/${workflow}/runs`, JSON.stringify({ inputs })));
    const [asked, failed] = [await begin("asked", { n: 2 }), await begin("each-doubled", { list: [1, 2, 3, 4, 1000] })];
    runPages[`runs/${asked.id}`] = ".approval";
    runPages[`runs/${failed.id}`] = ".retry";
    runPages[`entities/${asked.input_entity}`] = ".code";
  });

  test.each(Object.entries(looks))("is nothing %s", async (_, look) => {
    // The policy lets no foreign script in, and axe is one.
    const page = await open("/", { ...look, bypassCSP: true, withToken: true, provokes: [404] });
    const found: string[] = [];
    for (const [path, part] of Object.entries({ ...pages, ...runPages })) {
      // Else the part might be the last page's.
      await page.goto("about:blank");
      await page.goto(`${url()}/#/${path}`);
      await page.locator(part).first().waitFor();
      // What fades in has less contrast for a moment.
      await expect.poll(() => page.locator("main .loading").count()).toBe(0);
      found.push(...(await violationsOn(page)).map((violation) => `${path}: ${violation}`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
        look.viewport.width,
      );
    }
    expect(found).toEqual([]);
  });

  test("is nothing where a token is asked for, in the form that runs something too", async () => {
    const page = await open("/#/runs", { bypassCSP: true, provokes: [401] });
    await page.locator("form.token").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.goto(`${url()}/#/workflows/asked?tab=run`);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator("form.token").waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe ?? "");
  const violations: unknown = await page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target)))`,
  );
  return [violations].flat().map(String);
}

/** Null, and said, where the package is not installed. */
function readAxe(): string | null {
  try {
    return readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  } catch (error) {
    console.warn(`axe is not asked: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
