import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** A headless Chromium, or why this machine cannot start one. */
export async function launchBrowser(): Promise<Browser | { reason: string }> {
  try {
    const executablePath = await chromium.executablePath();
    // Not the package's own arguments: they switch web security off, which these tests are about.
    return await playwright.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`browser tests are skipped, because Chromium does not start here: ${reason}`);
    return { reason };
  }
}
