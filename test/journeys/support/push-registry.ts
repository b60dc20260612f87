import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import { versionList } from "../../../src/contract/artifact/resolved.ts";
import { headers } from "../../../src/contract/http/headers.ts";
import type { SourceRequest } from "../../../src/contract/webhook/source.ts";
import { type Github, startGithub } from "../../github/start-github.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { openPushStage, type PushStage } from "./push-stage.ts";
import { type KillableRegistry, spawnRegistry } from "./spawn-registry.ts";

const health = z.object({ seq: z.int() });

/** A registry in a process of its own and a code host, for the tests of a file. */
export interface PushRegistry {
  github(): Github;
  now(): KillableRegistry;
  /** SIGKILL, as a machine fails. */
  kill(): Promise<void>;
  /** Starts it again at the same address, on what it left. */
  restart(): Promise<void>;
  /** A repository that is pushed to, of this name. */
  stage(name: string, settings?: Partial<SourceRequest>): Promise<PushStage>;
  /** `1.0.0 live, 0.9.0 deprecated: why`: the versions of a name, highest first; `none` of one that is not there. */
  versions(repository: string): Promise<string>;
}

/** Starts them before the tests of a file and ends them after. Cron runs often, so that what waits for it is not waited for. */
export function pushRegistry(vars: Record<string, string> = {}): PushRegistry {
  const { scriptPath, stateDir } = frozenBundle();
  let github: Github | undefined;
  let registry: KillableRegistry | undefined;
  const stages: PushStage[] = [];
  const start = async (port: number) => {
    const options = { port, vars: { RATE_LIMITS: "off", ...vars }, cronMs: 5000 };
    registry = await spawnRegistry(stateDir("state"), scriptPath, options);
  };
  beforeAll(async () => {
    github = await startGithub();
    await start(0);
  }, 90_000);
  afterAll(async () => {
    await registry?.kill();
    await github?.stop();
    for (const { copy } of stages) copy.discard();
  });
  const now = () => there(registry);
  return {
    github: () => there(github),
    now,
    kill: () => now().kill(),
    restart: () => start(Number(new URL(now().url).port)),
    async stage(name, settings) {
      const stage = await openPushStage(there(github), now, name, settings);
      stages.push(stage);
      return stage;
    },
    async versions(repository) {
      const [collection, name] = repository.split("/");
      const { seq } = health.parse(await (await fetch(`${now().url}/healthz`)).json());
      // As new as the registry is: without it an answer may be five seconds old.
      const answer = await fetch(`${now().url}/v1/${collection}/${name}/versions?limit=200`, {
        headers: { [headers.minSeq]: String(seq) },
      });
      if (answer.status === 404) return "none";
      const { versions } = versionList.parse(await answer.json());
      return versions
        .map(
          ({ version, state, notice }) => `${version} ${state}${notice?.message == null ? "" : `: ${notice.message}`}`,
        )
        .join(", ");
    },
  };
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("this is known only after the file's beforeAll");
  return value;
}
