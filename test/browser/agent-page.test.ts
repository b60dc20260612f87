import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agentCard } from "./agent-card.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";

const browser = await launchBrowser();
const schema = { type: "object", properties: { request: { type: "string" } }, required: ["request"] };
const planCode = {
  id: "plan_code",
  name: "Plan code",
  description: "Splits a request into tasks.",
  tags: ["Surveying"],
  examples: ["Plan a tool that renames photos"],
  inputModes: ["text/plain"],
  input_schema: schema,
  outputSchema: { type: "array" },
};

describe.skipIf("reason" in browser)("agents", () => {
  const { open, send, sweep, url } = openConsole(browser);
  let healthy: Server;

  beforeAll(async () => {
    healthy = createServer((request, response) => {
      response.statusCode = request.url === "/health" ? 200 : 404;
      response.end();
    });
    await new Promise<void>((resolve) => healthy.listen(0, "127.0.0.1", resolve));
    const address = healthy.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const planner = {
      id: "planner",
      url: `http://127.0.0.1:${port}`,
      protocolVersion: "0.3.0",
      provider: { organization: "Tools team", url: "https://tools.example.com/" },
      labels: { team: "tools", region: "eu-west" },
      capabilities: { streaming: true },
      skills: [planCode, { id: "notify" }],
    };
    await send("POST", "/v1/agents", agentCard({ ...planner, version: "1.3.0" }));
    await send("POST", "/v1/agents", agentCard({ ...planner, version: "1.4.0" }));
    // Nothing listens at the discard port.
    await send("POST", "/v1/agents", agentCard({ id: "away", version: "2.0.0", url: "http://127.0.0.1:9" }));
    await sweep();
    await send("POST", "/v1/agents", agentCard({ id: "newborn", version: "3.0.0", url: "http://127.0.0.1:9" }));
  });
  afterAll(() => {
    healthy?.close();
  });

  const fact = (term: string) => `dt:text-is("${term}") + dd`;

  test("are listed on their own, and narrowed by words, keywords and state only", async () => {
    const page = await open("/#/agents?gpu=true&category=image");
    await page.locator(".entry", { hasText: "planner@1.4.0" }).waitFor();
    expect(await page.locator(".filter-row label").allTextContents()).toHaveLength(1);
    await page.getByRole("link", { name: "#surveying" }).click();
    await page.getByText("1 agent", { exact: true }).waitFor();
    expect(page.url()).toMatch(/#\/agents\?tag=surveying$/);
  });

  test("say where they answer, whose they are and how they are spoken to", async () => {
    const page = await open("/#/agents/planner");
    await page.getByRole("heading", { level: 1, name: "planner" }).waitFor();
    const told = async (term: string) => (await page.locator(fact(term)).allTextContents()).join();
    expect(await told("Address")).toMatch(/^http:\/\/127\.0\.0\.1:\d+Copy$/);
    expect(await told("Protocol")).toBe("A2A 0.3.0");
    expect(await told("Labels")).toBe("team: toolsregion: eu-west");
    expect(await told("Can")).toBe("stream");
    const provider = page.getByRole("link", { name: "Tools team" });
    expect(await provider.getAttribute("href")).toBe("https://tools.example.com/");
    expect(await provider.getAttribute("rel")).toContain("noreferrer");
  });

  test("tell whether they answered when they were last asked", async () => {
    const page = await open("/#/agents/planner");
    await page.locator(".identity .badge-healthy").waitFor();
    expect(await page.locator(fact("Health")).textContent()).toMatch(/^It answered in \d+ ms, .+; healthy since .+\.$/);

    await page.goto(`${url()}/#/agents/away`);
    await page.locator(".identity .badge-unhealthy").waitFor();
    expect(await page.locator(fact("Health")).textContent()).toMatch(/ was not answered, .+; unhealthy since .+\.$/);

    await page.goto(`${url()}/#/agents/newborn`);
    await page.locator(".identity .badge-unknown").waitFor();
    expect(await page.locator(fact("Health")).textContent()).toContain("not asked yet");
  });

  test("say that an old card's health is that of the newest", async () => {
    const page = await open("/#/agents/planner@1.3.0");
    await page.getByText("This is asked of its newest card, 1.4.0.").waitFor();
  });

  test("ask for the health again when it could not be had, and show the rest meanwhile", async () => {
    const page = await open("/", { provokes: ["no answer"] });
    await page.route("**/health", (route) => route.abort());
    await page.goto(`${url()}/#/agents/planner`);
    await page.locator(fact("Health")).getByText("not known").waitFor();
    await page.getByRole("heading", { name: "Plan code" }).waitFor();
    await page.unroute("**/health");
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.locator(".identity .badge-healthy").waitFor();
  });

  test("show each skill with examples and schemas, which open by the keyboard", async () => {
    const page = await open("/#/agents/planner");
    const skill = page.locator(".skill", { hasText: "Plan code" });
    await skill.waitFor();
    await skill.getByText("Plan a tool that renames photos").waitFor();
    expect(await skill.locator(fact("Takes")).textContent()).toBe("text/plain");
    await skill.getByText("Input schema").focus();
    await page.keyboard.press("Enter");
    const shown = skill.getByRole("region", { name: "the input schema of plan_code" });
    await shown.waitFor();
    expect(JSON.parse((await shown.textContent()) ?? "")).toEqual(schema);
    await skill.getByText("Output schema").waitFor();
    expect(await page.locator(".skill h2").allTextContents()).toEqual(["Plan code", "notify"]);
  });

  test("say whom the registry chooses for a skill, and who else answers to it", async () => {
    const page = await open("/#/agents/away");
    const answers = page.locator(".who-answers");
    await answers.getByText("Asked for plan_code, the registry chooses agent planner@1.4.0.").waitFor();
    await answers.getByText("3 answer to it, best first").click();
    const list = await answers.locator("li").allTextContents();
    expect(list).toEqual([
      "agent planner@1.4.0 healthy",
      "agent newborn@3.0.0 health unknown",
      "agent away@2.0.0 unhealthy",
    ]);
    await answers.locator("li a").first().click();
    await page.getByText("the registry chooses this one, agent planner@1.4.0.").first().waitFor();
  });

  test("show their source as it was published, and no tab that they have nothing for", async () => {
    const page = await open("/#/agents/away?tab=source");
    await page.locator("#panel-source pre").waitFor();
    const source = agentCard({ id: "away", version: "2.0.0", url: "http://127.0.0.1:9" });
    expect(await page.locator("#panel-source pre").textContent()).toBe(source);
    expect(await page.getByRole("tab").allTextContents()).toEqual(["Skills", "Source", "JSON"]);
    const host = new URL(url()).host;
    expect(await page.locator("aside pre").allTextContents()).toContain(
      `oras pull --plain-http ${host}/agents/away:2.0.0`,
    );
  });

  test("are shown as text, whatever their cards say", async () => {
    const markup = `<img src=x onerror="document.title='taken over'">`;
    const skills = [{ id: "odd", name: markup, description: markup, tags: [markup], examples: [markup] }];
    const card = agentCard({ id: "not-markup", url: "http://127.0.0.1:9", labels: { odd: markup }, skills });
    await send("POST", "/v1/agents", card);
    const page = await open("/#/agents/not-markup");
    await page.locator(".who-answers a").waitFor();
    expect(await page.locator(".skill h2").textContent()).toBe(markup);
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await page.title()).toBe("not-markup · Callsheet");
  });

  test("are missed in words when there are none of a name", async () => {
    const page = await open("/#/agents/nobody", { provokes: [404] });
    await page.getByText("NAME_NOT_FOUND").waitFor();
  });
});
