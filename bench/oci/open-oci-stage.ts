import { convertV4MiniflareOptions } from "miniflare";
import { miniflareOptions } from "../../scripts/local/miniflare-options.ts";
import { openDockerRegistry } from "../peers/docker-registry.ts";
import { openDirectly } from "../stage/open-directly.ts";
import type { RegistrySide } from "./push-artifact.ts";
import { seedDockerNames, seedDockerTags, seedOwnNames, seedOwnTags } from "./seed-lists.ts";

/** The registry, and docker-registry where this machine has one, on the same disk. */
export interface OciStage {
  own: RegistrySide;
  peer: RegistrySide | null;
  /** Gives both so many repositories, `bulk/000000` and on, and a repository `tagged` with so many tags. */
  grow(from: number, to: number): Promise<void>;
  close(): Promise<void>;
}

const adminToken = "bench-admin-token";

/** Starts both sides. */
export async function openOciStage(scriptPath: string, stateDir: string): Promise<OciStage> {
  const options = miniflareOptions({
    scriptPath,
    stateDir,
    host: "127.0.0.1",
    port: 0,
    adminToken,
    vars: { RATE_LIMITS: "off" },
  });
  const { miniflare, urlOf } = await openDirectly(options, convertV4MiniflareOptions({ workers: [] }).workers);
  const docker = await openDockerRegistry();
  const own = { name: "callsheet", url: await urlOf("callsheet"), headers: { authorization: `Bearer ${adminToken}` } };
  return {
    own,
    peer: docker === null ? null : { name: "docker-registry", url: docker.url, headers: {} },
    grow: async (from, to) => {
      const db = await miniflare.getD1Database("DB");
      await seedOwnNames(db, from, to);
      await seedOwnTags(db, own, from, to);
      if (docker === null) return;
      seedDockerNames(docker.repositories, from, to);
      await seedDockerTags(docker, from, to);
    },
    close: async () => {
      await Promise.all([miniflare.dispose(), docker?.close()]);
    },
  };
}
