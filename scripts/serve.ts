// The registry on this machine: bundle, workerd, migrations, shipped templates, cron, and a runner (RUNNER=off leaves it out).
// Everything it keeps is in STATE_DIR.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { adminToken } from "./local/admin-token.ts";
import { buildAssets } from "./local/build-assets.ts";
import { checkPort } from "./local/check-port.ts";
import { registerShipped } from "./local/register-shipped.ts";
import { registerStarters } from "./local/register-starters.ts";
import { repositoryRoot } from "./local/repository-root.ts";
import { runCron } from "./local/run-cron.ts";
import { runnerToken } from "./local/runner-token.ts";
import { startRunner } from "./local/start-runner.ts";
import { lockState } from "./local/state-lock.ts";
import { startRegistry } from "./local-registry.ts";

const host = process.env.HOST ?? "127.0.0.1";
const stateDir = resolve(repositoryRoot, process.env.STATE_DIR ?? ".callsheet");

try {
  await serve();
} catch (error) {
  console.error(`callsheet did not start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

async function serve(): Promise<void> {
  const port = readPort(process.env.PORT ?? "8787");
  const withRunner = readSwitch("RUNNER");
  await checkPort(host, port);
  mkdirSync(stateDir, { recursive: true });
  const unlock = lockState(stateDir);
  const token = adminToken(stateDir);
  await buildAssets();
  const vars = {
    CALLSHEET_RUNNER_TOKEN: runnerToken(stateDir),
    // Who listens to a network lets nobody push without a login.
    ...(isLoopback(host) ? {} : { ANONYMOUS_PUSH: "false" }),
  };
  const registry = await startRegistry({ stateDir, host, port, adminToken: token, vars });
  const stopCron = runCron(registry.miniflare);
  console.log(await registerShipped(registry.url, token));
  console.log(await registerStarters(registry.url, token));

  // Where the CLI finds this registry.
  const found = join(stateDir, "registry.json");
  writeFileSync(found, `${JSON.stringify({ url: registry.url, admin_token: token }, null, 2)}\n`, { mode: 0o600 });
  console.log(`console    ${registry.url}/`);
  console.log(`API        ${registry.url}/docs/    OpenAPI ${registry.url}/openapi.json`);
  console.log(`look up    curl ${registry.url}/v1/templates/image_generation`);
  console.log(`           npx callsheet list`);
  console.log(`state      ${stateDir}`);
  console.log(`ready ${registry.url}`);
  const { url } = registry;
  const stopRunner = withRunner ? startRunner({ url, token: vars.CALLSHEET_RUNNER_TOKEN, stateDir }) : null;

  stopOnSignal(async (signal) => {
    const runnerStops = stopRunner?.();
    // It hands its jobs back first. A terminal's Ctrl-C has reached workerd as well: there is nobody left to hand them to.
    if (signal === "SIGTERM") await runnerStops;
    stopCron();
    rmSync(found, { force: true });
    await registry.stop();
    await runnerStops;
    unlock();
  });
}

/** Miniflare's own signal listeners end the process at once; a clean stop needs the time to close the storage first. */
function stopOnSignal(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (isStopping) return;
      isStopping = true;
      await stop(signal);
      process.exit(0);
    });
  }
}

/** Whether only this machine can reach what listens there. */
function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127(\.\d+){3}$/.test(address);
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new Error(`PORT is "${text}"; it must be a number from 0 (any free one) to 65535`);
}

/** On unless it says off. */
function readSwitch(name: string): boolean {
  const text = (process.env[name] ?? "on").toLowerCase();
  if (["on", "off"].includes(text)) return text === "on";
  throw new Error(`${name} is "${process.env[name]}"; it must be on or off`);
}
