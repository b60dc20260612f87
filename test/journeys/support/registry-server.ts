// A registry as a process, to be killed: what scripts/serve.ts starts, without the console, the shipped templates and the lock.
import { startRegistry } from "../../../scripts/local-registry.ts";

const [stateDir, scriptPath] = process.argv.slice(2);
if (stateDir === undefined || scriptPath === undefined) throw new Error("usage: registry-server.ts STATE_DIR BUNDLE");
const registry = await startRegistry({ stateDir, scriptPath });
console.log(`ready ${registry.url} ${registry.adminToken}`);

// Its test holds the other end of this pipe: when that is gone, so is the need for a registry.
process.stdin.resume().once("close", () => process.exit(1));
