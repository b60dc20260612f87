// A registry as a process, to be killed: what scripts/serve.ts starts, without the console, the shipped templates and the lock.
import { runCron } from "../../../scripts/local/run-cron.ts";
import { startRegistry } from "../../../scripts/local-registry.ts";
import type { SpawnOptions } from "./spawn-registry.ts";

const [stateDir, scriptPath, given = "{}"] = process.argv.slice(2);
if (stateDir === undefined || scriptPath === undefined)
  throw new Error("usage: registry-server.ts STATE_DIR BUNDLE [OPTIONS]");
const { port = 0, vars = {}, cronMs }: SpawnOptions = JSON.parse(given);
// Tests send more in a minute than one address may.
const registry = await startRegistry({ stateDir, scriptPath, port, vars: { RATE_LIMITS: "off", ...vars } });
if (cronMs !== undefined) runCron(registry.miniflare, cronMs);
console.log(`ready ${registry.url} ${registry.adminToken}`);

// Its test holds the other end of this pipe: when that is gone, so is the need for a registry.
process.stdin.resume().once("close", () => process.exit(1));
