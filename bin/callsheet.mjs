#!/usr/bin/env node
// Starts the CLI on any Node from 20 on. In the repository the TypeScript sources run as they are, which needs Node 22.18;
// an older Node hands over to the `node` package that is installed with the project. The published package runs its build.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const sources = new URL("../src/cli/main.ts", import.meta.url);
const build = new URL("../build/cli/callsheet.js", import.meta.url);
const hasSources = existsSync(sources);

if (!hasSources && !existsSync(build)) {
  stop(`callsheet: neither ${fileURLToPath(sources)} nor ${fileURLToPath(build)} exists; install the package again`);
} else if (!hasSources) {
  module.enableCompileCache?.();
  await import(build);
} else if (stripsTypes(process.versions.node)) {
  module.enableCompileCache?.();
  await import(sources);
} else {
  handOver(fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url)));
}

function stripsTypes(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > 22 ? major > 23 || minor >= 6 : major === 22 && minor >= 18;
}

function handOver(node) {
  if (!existsSync(node)) {
    stop(
      `callsheet: Node ${process.versions.node} is too old: 22.18 or newer is needed. Install one, or run \`npm ci\` in ${fileURLToPath(new URL("..", import.meta.url))}, which brings one`,
    );
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // Ctrl-C reaches the child from the terminal itself; passed on as well, it would arrive twice.
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on("error", (error) => stop(`callsheet: ${node} does not start: ${error.message}`));
  child.on("exit", (code, signal) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
    if (signal === null) process.exitCode = code ?? 70;
    else process.kill(process.pid, signal);
  });
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 70;
}
