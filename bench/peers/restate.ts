import { type ChildProcess, execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { promisify } from "node:util";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { freePort } from "../load/free-port.ts";

/** Restate's server, as it comes, with a service of its Node SDK, each a process of its own. */
export interface Restate {
  /** Where its service is called: `{url}/{handler}`. */
  url: string;
  version: string;
  /** Server and service. */
  pids: number[];
  close(): Promise<void>;
}

const versions = { "restate-server-linux-x64": "1.7.12", "restate-sdk": "1.17.2" } as const;
const folder = join(repositoryRoot, "build", "restate");
const packages = join(folder, "node_modules", "@restatedev");

/*
 * The shell becomes the server; before, it leaves behind a process that waits for the end of a pipe whose other end is ours: when we are gone,
 * killed or not, it kills the server. A line on the pipe says that there is nothing to kill any more.
 */
const untilParentEnds = '(exec >/dev/null 2>&1; read -r line <&3 || kill -9 $$) & exec "$@" 3<&-';

/** The reason, where it cannot be had. `sandboxUrl`: where its steps may call the sandbox of the registry. */
export async function openRestate(sandboxUrl: string): Promise<Restate | string> {
  if (process.platform !== "linux" || process.arch !== "x64") return "its server is installed for Linux on x64 only";
  const why = await install();
  if (why !== null) return why;
  const dir = mkdtempSync(join(tmpdir(), "callsheet-restate-"));
  const [nodePort, ingressPort, adminPort, servicePort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const program = join(packages, "restate-server-linux-x64", "bin", "restate-server");
  const server = spawn(
    "/bin/sh",
    ["-c", untilParentEnds, "sh", program, "--no-logo", "--base-dir", join(dir, "data")],
    {
      cwd: dir,
      stdio: ["ignore", "ignore", "ignore", "pipe"],
      env: {
        PATH: process.env.PATH,
        RESTATE_LISTEN_MODE: "tcp",
        RESTATE_BIND_IP: "127.0.0.1",
        RESTATE_BIND_PORT: String(nodePort),
        RESTATE_INGRESS__BIND_PORT: String(ingressPort),
        RESTATE_ADMIN__BIND_PORT: String(adminPort),
        RESTATE_DISABLE_TELEMETRY: "true",
        RESTATE_LOG_FILTER: "error",
      },
    },
  );
  const lifeline = server.stdio[3];
  if (lifeline instanceof Writable) {
    lifeline.on("error", () => {});
    server.once("exit", () => lifeline.end("over\n"));
  }
  const sdk = join(packages, "restate-sdk", "dist", "index.js");
  const service = fork(
    join(repositoryRoot, "bench", "peers", "restate-service.js"),
    [sdk, String(servicePort), sandboxUrl],
    {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { PATH: process.env.PATH, RESTATE_LOGGING: "ERROR" },
    },
  );
  const close = async () => {
    await Promise.all([server, service].map(end));
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const isUp = await register(`http://127.0.0.1:${adminPort}`, `http://127.0.0.1:${servicePort}`);
  if (!isUp) {
    await close();
    return "its server did not start";
  }
  return {
    url: `http://127.0.0.1:${ingressPort}/bench`,
    version: versions["restate-server-linux-x64"],
    pids: [server, service].flatMap(({ pid }) => pid ?? []),
    close,
  };
}

/** Into build/, never into package.json: 200 MB, and a licence of its own (BSL 1.1). */
async function install(): Promise<string | null> {
  const missing = Object.entries(versions).filter(([name, version]) => installedVersion(name) !== version);
  if (missing.length === 0) return null;
  mkdirSync(folder, { recursive: true });
  const wanted = Object.entries(versions).map(([name, version]) => `@restatedev/${name}@${version}`);
  const given = ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, ...wanted];
  try {
    await promisify(execFile)("npm", given, { cwd: folder, timeout: 120_000 });
    return null;
  } catch (error) {
    return `npm could not install ${wanted.join(" ")}: ${String(error).split("\n")[0]}`;
  }
}

function installedVersion(name: string): string | null {
  const path = join(packages, name, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).version : null;
}

async function register(admin: string, uri: string): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${admin}/deployments`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ uri }),
    }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
