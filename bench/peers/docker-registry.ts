import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../load/free-port.ts";

/** Debian's docker-registry (distribution 2.8) over a folder of its own, as its packaged configuration has it. */
export interface DockerRegistry {
  url: string;
  /** Where it keeps repositories. */
  repositories: string;
  /** Null where the system does not tell. */
  pid: number | null;
  close(): Promise<void>;
}

/** Null when this machine has no docker-registry (`apt-get install docker-registry`). */
export async function openDockerRegistry(): Promise<DockerRegistry | null> {
  const folder = mkdtempSync(join(tmpdir(), "callsheet-docker-registry-"));
  const port = await freePort();
  const settings = join(folder, "config.yml");
  writeFileSync(
    settings,
    `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage:
  cache: { blobdescriptor: inmemory }
  delete: { enabled: true }
  filesystem: { rootdirectory: ${folder} }
http: { addr: "127.0.0.1:${port}" }
`,
  );
  const registry = spawn("docker-registry", ["serve", settings], {
    stdio: "ignore",
    env: { ...process.env, OTEL_TRACES_EXPORTER: "none" },
  });
  const url = `http://127.0.0.1:${port}`;
  if (!(await isUp(registry, url))) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  return {
    url,
    repositories: join(folder, "docker/registry/v2/repositories"),
    pid: registry.pid ?? null,
    close: async () => {
      const ended = new Promise((resolve) => registry.once("exit", resolve));
      registry.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function isUp(registry: ChildProcess, url: string): Promise<boolean> {
  const failed = new Promise<boolean>((resolve) => {
    registry.once("error", () => resolve(false));
    registry.once("exit", () => resolve(false));
  });
  const answers = (async () => {
    for (let tries = 0; tries < 200; tries++) {
      if ((await fetch(`${url}/v2/`).catch(() => null))?.ok) return true;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return false;
  })();
  return Promise.race([failed, answers]);
}
