import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/contract/run/run.ts";
import { launchBrowser } from "./launch-browser.ts";
import { openConsole } from "./open-console.ts";
import { askedSource, doubleSource, eachSource, fourfoldSource } from "./run-sources.ts";

const browser = await launchBrowser();

describe.skipIf("reason" in browser)("a run's page", () => {
  const { open, send, token, url } = openConsole(browser);

  beforeAll(async () => {
    await send("POST", "/v1/functions?file=double.ts", doubleSource, "application/typescript");
    for (const source of [fourfoldSource, askedSource, eachSource]) {
      await send("POST", "/v1/workflows", source, "application/yaml");
    }
  });

  /** Starts a run by the API, and answers its id. */
  async function begin(workflow: string, inputs: Record<string, unknown>): Promise<string> {
    return run.parse(await send("POST", `/v1/workflows/${workflow}/runs`, JSON.stringify({ inputs }))).id;
  }

  const withToken = true;
  const badge = (state: string) => `.run-state .run-${state}`;
  const step = (path: string) => `[data-path="${path}"]`;

  test("opens once a form has begun the run, which asked for a token first, and follows it to its end", async () => {
    const page = await open("/#/workflows/fourfold?tab=run", { provokes: [401] });
    const inputs = page.getByLabel("Inputs, as JSON");
    expect(JSON.parse(await inputs.inputValue())).toEqual({ n: 0 });
    await inputs.fill('{"n": 3}');
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByLabel("Token").fill(token());
    await page.getByRole("button", { name: "Use it" }).click();
    await page.getByRole("heading", { level: 1, name: "Run of fourfold 1.0.0" }).waitFor();
    expect(page.url()).toMatch(/#\/runs\/[0-9a-f-]{36}$/);
    await page.locator(badge("succeeded")).waitFor();
    const outputs = page.locator("section", { has: page.getByRole("heading", { name: "Outputs" }) });
    expect(await outputs.locator("dl").textContent()).toBe("n12");
    expect(await page.locator(".run-step .step-state").allTextContents()).toEqual(["✓ succeeded", "✓ succeeded"]);
    await page.getByText("The run is succeeded.").waitFor({ state: "attached" });
    expect(await page.title()).toBe("fourfold: succeeded · Callsheet");
  });

  test("leads to the runs of its steps, and from these back to it", async () => {
    const id = await begin("fourfold", { n: 1 });
    const page = await open(`/#/runs/${id}`, { withToken });
    await page.locator(badge("succeeded")).waitFor();
    await page.getByRole("link", { name: "run of step twice" }).click();
    await page.getByRole("heading", { level: 1, name: "Run of javascript.double 1.0.0" }).waitFor();
    await page.getByText("Does step").waitFor();
    await page.getByRole("link", { name: "a workflow's run" }).click();
    await page.getByRole("heading", { level: 1, name: "Run of fourfold 1.0.0" }).waitFor();
    await page.getByRole("link", { name: "list them" }).click();
    await page.getByText("2 runs", { exact: true }).waitFor();
  });

  test("leads to what it took and gave, and says where that came from", async () => {
    const id = await begin("fourfold", { n: 5 });
    const page = await open(`/#/runs/${id}`, { withToken });
    await page.locator(badge("succeeded")).waitFor();
    await page.getByRole("link", { name: "what it took in step twice" }).click();
    await page.getByRole("heading", { level: 1, name: "Entity: input of javascript.double@1.0.0" }).waitFor();
    expect(JSON.parse((await page.getByRole("region", { name: "the values" }).textContent()) ?? "")).toEqual({ n: 10 });
    await page.locator(".declared a").click();
    await page.getByRole("heading", { level: 1, name: "Entity: output of javascript.double@1.0.0" }).waitFor();
  });

  test("asks what a step asks, and takes a yes with a comment; other pages of the run see it live", async () => {
    const id = await begin("asked", { n: 4 });
    const [page, other] = [await open(`/#/runs/${id}`, { withToken }), await open(`/#/runs/${id}`, { withToken })];
    await page.getByText("Double 8?").waitFor();
    await other.getByText("Double 8?").waitFor();
    expect(await page.locator(`${step("ask")} .step-state`).textContent()).toBe("? waiting");
    await page.getByLabel("Comment, if you like").fill("go <b>on</b>");
    await page.getByRole("button", { name: "Approve ask" }).click();
    for (const one of [page, other]) {
      await one.locator(badge("succeeded")).waitFor();
      await one.getByText("“go <b>on</b>”").waitFor();
      await one.getByRole("heading", { name: "Waiting for an answer" }).waitFor({ state: "hidden" });
      expect(await one.locator(`${step("go")} .step-state`).textContent()).toBe("✓ succeeded");
    }
    await page.getByText("Approved by admin").waitFor();
    const said = other.locator(".unseen[role=status]", { hasText: "The run is succeeded." });
    await said.waitFor({ state: "attached" });
  });

  test("takes a no, and says in words why the run failed", async () => {
    const id = await begin("asked", { n: 4 });
    const page = await open(`/#/runs/${id}`, { withToken });
    const no = page.getByRole("button", { name: "Reject ask" });
    await no.focus();
    await page.keyboard.press("Enter");
    await page.locator(badge("failed")).waitFor();
    await page.getByRole("heading", { name: "It failed" }).waitFor();
    await page.getByText("Rejected by admin").waitFor();
    expect(await page.locator(`${step("go")}`).getAttribute("data-state")).not.toBe("succeeded");
  });

  test("cancels the run when asked twice, and says who did and why", async () => {
    const id = await begin("asked", { n: 4 });
    const page = await open(`/#/runs/${id}`, { withToken });
    await page.getByText("Double 8?").waitFor();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByLabel("Why, if you like").fill("wrong number");
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    await page.locator(badge("cancelled")).waitFor();
    await page.getByText("Cancelled by admin: wrong number").waitFor();
    await page.locator(`${step("ask")}[data-state="cancelled"]`).waitFor();
    expect(await page.locator(step("go")).getAttribute("data-state")).toBe("not reached");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await page.getByRole("button", { name: "Cancel the run" }).count()).toBe(0);
  });

  test("folds the items of a map, shows the one that failed, and retries from it, keeping what was done", async () => {
    const id = await begin("each-doubled", { list: [1, 2, 3, 4, 1000, 6] });
    const page = await open(`/#/runs/${id}`, { withToken });
    await page.locator(badge("failed")).waitFor();
    await page.getByText("5 of 6 items done, 1 failed").waitFor();
    const failedItem = page.getByRole("list", { name: "Failed items of each" });
    await failedItem.getByText("item 5").waitFor();
    await failedItem.getByText("too large to be doubled").waitFor();
    expect(await page.locator(`${step("each[0]/one")}`).count()).toBe(0);
    await page.locator(".map-items > details > summary").click();
    await expect.poll(() => page.locator(".map-items > details > .items > li").count()).toBe(6);
    await failedItem.waitFor({ state: "hidden" });
    expect(await page.locator(step("size")).getAttribute("data-state")).toBe("skipped");
    expect(await page.locator(`${step("size")} > .step-now`).textContent()).toContain("each");

    await page.getByLabel("from step").selectOption("each[4]/one");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("link", { name: id }).waitFor();
    await page.locator(badge("failed")).waitFor();
    expect(await page.locator(`${step("first")} .step-state`).textContent()).toBe("✓ kept");
  });

  test("says which branch was taken and folds the other one", async () => {
    const id = await begin("each-doubled", { list: [2, 3] });
    const page = await open(`/#/runs/${id}`, { withToken });
    await page.locator(badge("succeeded")).waitFor();
    const branches = page.locator(`${step("size")} .branch > summary`);
    expect(await branches.allTextContents()).toEqual(["if true · 1 step · taken", "if false · 1 step · not taken"]);
    await page.locator(step("size/if_true/small")).waitFor();
    expect(await page.locator(step("size/if_false/large")).isVisible()).toBe(false);
    // So few items are not folded.
    await page.locator(step("each[1]/one")).waitFor();
  });

  test("goes on reading the run when its events do not come, and says so", async () => {
    const id = await begin("asked", { n: 2 });
    const page = await open("/", { withToken, provokes: ["no answer"] });
    await page.route("**/events", (route) => route.abort());
    await page.goto(`${url()}/#/runs/${id}`);
    await page.getByText("it is read every few seconds instead").waitFor();
    await page.getByText("Double 4?").waitFor();
    await send("POST", `/v1/runs/${id}:approve`, JSON.stringify({ approved: true }));
    await page.locator(badge("succeeded")).waitFor();
  });

  test("hears nothing while nobody looks, and is up to date when somebody does", async () => {
    const id = await begin("asked", { n: 7 });
    const page = await open(`/#/runs/${id}`, { withToken });
    await page.getByText("Double 14?").waitFor();
    const turn = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    const hungUp = page.waitForEvent("requestfailed", (request) => request.url().endsWith(`/${id}/events`));
    await turn(true);
    await hungUp;
    await send("POST", `/v1/runs/${id}:approve`, JSON.stringify({ approved: true }));
    await turn(false);
    await page.locator(badge("succeeded")).waitFor();
    await page.locator(`${step("go")}[data-state="succeeded"]`).waitFor();
  });

  test("says why a run waits, shows a picture that it was given, and takes files from the machine", async () => {
    const page = await open("/#/templates/image_resize?tab=run", { withToken });
    const pixel = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const file = { name: "pixel.png", mimeType: "image/png", buffer: pixel };
    await page.getByLabel("File for image").setInputFiles(file);
    await page.getByText("pixel.png is there").waitFor();
    const inputs = JSON.parse(await page.getByLabel("Inputs, as JSON").inputValue());
    expect(inputs.image).toMatch(/^sha256:[0-9a-f]{64}$/);
    await page.getByLabel("Inputs, as JSON").fill(JSON.stringify({ image: inputs.image, width: 4 }));
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator(badge("queued")).waitFor();
    await page.getByText("Waiting:").waitFor();
    const shown = page.getByAltText("image, pixel.png");
    await shown.waitFor();
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    await page.locator(badge("cancelled")).waitFor();
  });

  test("says that there is no such run, and forgets a token when asked to", async () => {
    const page = await open("/#/runs/01a20000-0000-7000-8000-000000000000", { withToken, provokes: [404, 401] });
    await page.getByText("RUN_NOT_FOUND").waitFor();
    await page.getByRole("button", { name: "Forget the token" }).click();
    await page.getByRole("heading", { name: "A token is needed" }).waitFor();
    await page.getByLabel("Token").fill("wrong");
    await page.getByRole("button", { name: "Use it" }).click();
    await page.getByText("does not know the token that was given").waitFor();
  });
});
