// `npm start`: installs what is missing, then hands over to scripts/serve.ts under the pinned Node.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
install(root);
const pinnedNode = join(root, "node_modules", ".bin", "node");
const server = spawn(pinnedNode, [join(root, "scripts", "serve.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
