import { beforeAll, describe, expect, test } from "vitest";
import { agentCard } from "./agent-card.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { releaseSource, workflowSource } from "./workflow-source.ts";

const browser = await launchBrowser();
/** One of the skills is nobody's, which browsers log. */
const provokes: (number | "no answer")[] = [404];

describe.skipIf("reason" in browser)("workflows", () => {
  const { open, send, url } = openConsole(browser);

  beforeAll(async () => {
    const yaml = "application/yaml";
    await send("POST", "/v1/workflows?file=survey-code.yaml", workflowSource, yaml);
    await send("POST", "/v1/workflows", workflowSource.replace("1.2.0", "1.1.0"), yaml);
    const tagger = { id: "tagger", url: "http://127.0.0.1:9", skills: [{ id: "tag_release" }] };
    await send("POST", "/v1/agents", agentCard({ ...tagger, version: "1.0.0" }));
    await send("POST", "/v1/workflows", releaseSource, yaml);
    await send("POST", "/v1/agents", agentCard({ ...tagger, version: "1.1.0" }));
    await send("POST", "/v1/agents", agentCard({ id: "planner", url: "http://127.0.0.1:9" }));
    const lint = "from callsheet.memory import numpy\n\n\n@numpy\ndef lint_stack(image):\n    return image\n";
    await send("POST", "/v1/functions?file=lint.py", lint, "text/x-python");
  });

  test("are listed on their own, with the filters that make sense for them", async () => {
    const page = await open("/");
    await page.getByRole("link", { name: "Workflows", exact: true }).click();
    const entry = page.locator(".entry", { hasText: "survey-code@1.2.0" });
    await entry.waitFor();
    expect(await entry.locator(".badge").allTextContents()).toEqual(["live", "surveying"]);
    expect(await page.getByLabel("Runs on").count()).toBe(0);
    expect(await page.getByLabel("Runtime").count()).toBe(0);
    await page.getByLabel("Category").fill("surveying");
    await page.getByText("1 workflow", { exact: true }).waitFor();
    expect(page.url()).toMatch(/#\/workflows\?category=surveying$/);
    expect(await page.title()).toBe("Workflows · Callsheet");
  });

  test("mark their place in the bar above every page", async () => {
    const page = await open("/#/workflows/release");
    const current = page.locator("header.bar [aria-current]");
    await current.waitFor();
    expect(await current.textContent()).toBe("Workflows");
    await page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: "Agents" }).click();
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
    expect(await current.textContent()).toBe("Agents");
  });

  test("show their steps as lists in lists, in the order of the document", async () => {
    const page = await open("/#/workflows/survey-code@%5E1", { provokes });
    await page.getByRole("heading", { level: 1, name: "Survey of code" }).waitFor();
    await page.getByText("What cannot be checked is handed to a person.").waitFor();
    const ids = await page.locator(".step-id").allTextContents();
    const expected = "plan write write_one check lint picture route publish decide ask chosen_late";
    expect(ids.join(" ")).toBe(expected);
    const depthOf = (id: string) =>
      page.locator(".step-id", { hasText: new RegExp(`^${id}$`) }).evaluate((found) => {
        let depth = 0;
        for (let list = found.closest("ol"); list !== null; list = list.parentElement?.closest("ol") ?? null) depth++;
        return depth;
      });
    expect(await Promise.all(["plan", "lint", "ask"].map(depthOf))).toEqual([1, 2, 3]);
    expect(await page.locator(".branch > summary, p.branch").allTextContents()).toEqual([
      "for each item · 1 step",
      "at the same time · 2 steps",
      "when clean · 1 step",
      "otherwise · 2 steps",
      "if true · 1 step",
      "if false · nothing is done",
    ]);
    expect(await page.locator(".facts", { hasText: "Steps" }).first().textContent()).toContain("Steps11");
  });

  test("tell of each step what it is given and what it says else", async () => {
    const page = await open("/#/workflows/survey-code", { provokes });
    const said = (id: string) =>
      page
        .locator("li.step", { has: page.locator(`.step-head .step-id:text-is("${id}")`) })
        .last()
        .locator("> .step-facts :is(dt, dd)")
        .allTextContents();
    await page.locator(".step").first().waitFor();
    const plan = ["request", "{{ workflow.input.request }}", "depth", "3", "timeout", "120"];
    expect(await said("plan")).toEqual([...plan, "compensate", '{"skill":"notify_team"}']);
    expect(await said("write")).toEqual(["max concurrency", "4"]);
    expect(await said("ask")).toEqual(["message", "Shall it be published?"]);
    const conditions = await page.locator(".step-condition").allTextContents();
    expect(conditions).toEqual([
      "each task of {{ steps.plan.outputs.tasks }}",
      "by steps.plan.outputs.kind",
      "if steps.plan.outputs.count > 3",
      "only if steps.plan.outputs.more",
    ]);
  });

  test("lead from a skill to who answers to it now, of whatever kind", async () => {
    const page = await open("/#/workflows/survey-code", { provokes });
    const answers = (skill: string) => page.locator(".step .step-skill", { hasText: skill }).locator(".answering");
    await answers("plan_code").scrollIntoViewIfNeeded();
    await page.locator(".step-id", { hasText: "publish" }).scrollIntoViewIfNeeded();
    const hrefs = {
      plan_code: "#/agents/planner@1.0.0",
      "numpy.lint_stack": "#/functions/numpy.lint_stack@1.0.0",
      "image_generation@^1": "#/templates/image_generation@1.0.0",
      "workflow/release": "#/workflows/release@0.3.0",
    };
    for (const [skill, href] of Object.entries(hrefs)) {
      expect(await answers(skill).getByRole("link").getAttribute("href")).toBe(href);
    }
    await answers("nobody_knows").getByText("nobody answers yet").waitFor();
    expect(await answers("execute_workflow").textContent()).toBe("which one is known only when it runs");
    await answers("workflow/release").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Release" }).waitFor();
  });

  test("close and open a branch by the keyboard alone", async () => {
    const page = await open("/#/workflows/survey-code", { provokes });
    const branch = page.locator(".branch > summary", { hasText: "for each item" });
    await branch.focus();
    await page.keyboard.press("Enter");
    await page.locator(".step-id", { hasText: "write_one" }).waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.locator(".step-id", { hasText: "write_one" }).waitFor({ state: "visible" });
  });

  test("show inputs as a table where they are declared like a template's, and anything else key by key", async () => {
    const page = await open("/#/workflows/survey-code", { provokes });
    const row = page.getByRole("table", { name: "Inputs" }).locator("tbody tr").first();
    await row.waitFor();
    expect((await row.locator("th, td").allTextContents()).slice(0, 3)).toEqual([
      "requestrequired",
      "string",
      "at least 1 character",
    ]);
    const section = (title: string) =>
      page.locator("section", { has: page.getByRole("heading", { name: title, exact: true }) });
    expect(await section("Outputs").locator("dl").textContent()).toBe("code{{ steps.write.outputs }}");
    expect(await section("When a step fails").locator("dd").allTextContents()).toEqual(["2", "compensate"]);
    await page.goto(`${url()}/#/workflows/release`);
    await page.getByRole("heading", { level: 1, name: "Release" }).waitFor();
    expect(await page.locator("[role=tabpanel] h2").allTextContents()).toEqual(["Steps", "Skills that it calls"]);
  });

  test("list the skills that they call, and who answered when they were published where that has changed", async () => {
    const page = await open("/#/workflows/survey-code", { provokes });
    const skill = (name: string) => page.locator(".called-skills li", { hasText: name });
    await skill("nobody_knows").getByText("nobody answers yet").waitFor();
    expect(await skill("plan_code").textContent()).toBe("plan_codeagent planner@1.0.0 as plan_codein step plan");
    await page.goto(`${url()}/#/workflows/release`);
    await skill("tag_release").getByText("when it was published: agent tagger@1.0.0").waitFor();
    expect(await skill("tag_release").getByRole("link").first().textContent()).toBe("agent tagger@1.1.0");
  });

  test("show their source byte for byte, at an address of its own", async () => {
    const page = await open("/#/workflows/survey-code@1.2.0?tab=source");
    await page.locator("#panel-source pre").waitFor();
    expect(await page.locator("#panel-source pre").textContent()).toBe(workflowSource);
    await page.getByRole("tab", { name: "Steps" }).focus();
    await page.keyboard.press("End");
    expect(page.url()).toMatch(/#\/workflows\/survey-code@1\.2\.0\?tab=json$/);
    expect(JSON.parse((await page.locator("#panel-json pre").textContent()) ?? "")).toHaveProperty("metadata");
    expect(await page.getByRole("tab").allTextContents()).toEqual(["Steps", "Run", "Source", "JSON"]);
  });

  test("say how they are looked up by curl, by the CLI and by OCI clients", async () => {
    const page = await open("/#/workflows/survey-code", { provokes });
    await page.locator("aside .versions li").first().waitFor();
    const host = new URL(url()).host;
    expect(await page.locator("aside pre").allTextContents()).toEqual([
      `curl ${url()}/v1/workflows/survey-code`,
      `npx callsheet show workflow/survey-code --url ${url()}`,
      `oras pull --plain-http ${host}/workflows/survey-code:1.2.0`,
    ]);
    expect(await page.locator("aside .versions li").count()).toBe(2);
    await page.getByRole("link", { name: "Compare versions" }).click();
    await page.getByText("1.1.0 and 1.2.0 do not differ.").waitFor();
  });

  test("stay readable when nobody says who answers to their skills", async () => {
    const page = await open("/", { provokes: ["no answer"] });
    await page.route("**/v1/skills/*", (route) => route.abort());
    await page.goto(`${url()}/#/workflows/release`);
    await page.getByText("who answers is not known now").waitFor();
    expect(await page.locator(".step-id").textContent()).toBe("tag");
  });
});
