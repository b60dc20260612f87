import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { registerShipped } from "../../scripts/local/register-shipped.ts";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { type LocalRegistry, startRegistry } from "../../scripts/local-registry.ts";

export interface OpenOptions extends BrowserContextOptions {
  /** What the test provokes, and browsers log as an error: answers of these statuses, or none at all. */
  provokes?: (number | "no answer")[];
  /** Whether the page has a token, as after one was typed into it. */
  withToken?: boolean;
}

export interface ConsoleUnderTest {
  url(): string;
  /** Opens a page. When the test ends, it fails if the page logged an error or asked another origin for anything. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** Lets the registry do what it does by the clock. */
  sweep(): Promise<void>;
  token(): string;
  /** Writes to the registry by its API, or asks it; the answer as it is. */
  send(method: "GET" | "POST" | "PUT", path: string, body?: string, mediaType?: string): Promise<unknown>;
}

/** A registry with what ships, or with nothing in it, and pages of it in a browser, for the tests of one file. */
export function openConsole(
  browser: Browser | { reason: string },
  { isEmpty = false }: { isEmpty?: boolean } = {},
): ConsoleUnderTest {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-browser-"));
  let registry: LocalRegistry | undefined;
  beforeAll(async () => {
    if ("reason" in browser) return;
    registry = await startRegistry({ stateDir, scriptPath: join(repositoryRoot, "build", "worker", "main.js") });
    if (!isEmpty) await registerShipped(registry.url, registry.adminToken);
  }, 60_000);
  afterAll(async () => {
    if (!("reason" in browser)) await browser.close();
    await registry?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const url = () => registry?.url ?? "";

  return {
    url,
    token: () => registry?.adminToken ?? "",
    async open(path, { provokes = [], withToken = false, ...options } = {}) {
      if ("reason" in browser) throw new Error(browser.reason);
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const complaints = watch(page, url(), provokes);
      onTestFinished(async () => {
        await context.close();
        expect(complaints, "errors and foreign requests of the page").toEqual([]);
      });
      // A script that catches its own refused eval logs nothing.
      await page.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", (event) =>
          console.error(`the policy's ${event.effectiveDirective} refused ${event.blockedURI}`),
        ),
      );
      if (withToken) {
        const keep = (token: string) => {
          // Empty pages have no storage.
          if (location.protocol !== "about:") sessionStorage.setItem("callsheet.token", token);
        };
        await page.addInitScript(keep, registry?.adminToken ?? "");
      }
      await page.goto(url() + path);
      return page;
    },
    async sweep() {
      const worker = await registry?.miniflare.getWorker();
      await worker?.scheduled({ cron: "*/5 * * * *" });
    },
    async send(method, path, body, mediaType = "application/json") {
      const headers = { authorization: `Bearer ${registry?.adminToken}`, "content-type": mediaType };
      const response = await fetch(url() + path, { method, headers, ...(body === undefined ? {} : { body }) });
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}

function watch(page: Page, origin: string, provokes: (number | "no answer")[]): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error ${error.message}`));
  page.on("console", (message) => {
    const isProvoked = provokes.some((one) =>
      message.text().includes(one === "no answer" ? "net::ERR_FAILED" : `status of ${one} `),
    );
    if (message.type() === "error" && !isProvoked) complaints.push(`console ${message.text()}`);
  });
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(`${origin}/`) || request.url().startsWith("data:");
    if (!isOwn) complaints.push(`request ${request.url()}`);
  });
  return complaints;
}
