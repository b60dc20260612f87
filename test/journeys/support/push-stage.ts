import { setTimeout as pause } from "node:timers/promises";
import {
  type IncomingDelivery,
  incomingDelivery,
  incomingDeliveryPage,
} from "../../../src/contract/webhook/delivery.ts";
import {
  createdSource,
  type SourceRequest,
  type WebhookSource,
  webhookSource,
} from "../../../src/contract/webhook/source.ts";
import type { BareRepository } from "../../github/bare-repository.ts";
import type { Hook, HookDelivery } from "../../github/hooks.ts";
import type { Github } from "../../github/start-github.ts";
import type { CommitStatus } from "../../github/statuses.ts";
import { cloneRepository, type WorkingCopy } from "../../github/working-copy.ts";
import { type Writable, write } from "./registry-calls.ts";

/** A repository whose pushes a registry publishes, and somebody's clone of it. */
export interface PushStage {
  repository: BareRepository;
  copy: WorkingCopy;
  source: string;
  hook: Hook;
  /** Writes files (`null`: removes one), commits, pushes; answers the commit. */
  push(files: Record<string, string | null>, message?: string): Promise<string>;
  /** The commit's status, when it is no longer pending. */
  settled(commit: string): Promise<CommitStatus>;
  /** The registry's newest delivery of a commit, when it is done. */
  delivery(commit: string): Promise<IncomingDelivery>;
  /** All of them, newest first, without their files. */
  deliveries(): Promise<IncomingDelivery[]>;
  sourceNow(): Promise<WebhookSource>;
  /** What the host sent of a commit, once it is answered or given up. */
  sent(commit: string): Promise<HookDelivery>;
  change(settings: object): Promise<void>;
  /** `:sync`, `deliveries/{id}:redeliver`: answers the new or renewed delivery. */
  act(path: string): Promise<IncomingDelivery>;
}

/** How the registry is reached: asked anew each time, so that it may be another after a restart. */
export type RegistryNow = () => Writable;

const apiPath = "/v1/webhook-sources";

/** Opens a repository at the host, with a source, a hook and a clone of its own. `name` is the source's and the repository's. */
export async function openPushStage(
  github: Github,
  registry: RegistryNow,
  name: string,
  settings: Partial<SourceRequest> = {},
): Promise<PushStage> {
  const repository = await github.createRepository(`acme/${name}`, { isPrivate: true });
  const credential = github.createToken({ repositories: [repository.fullName] });
  const pushToken = github.createToken({
    ...{ login: "mona", repositories: [repository.fullName], contents: "write" },
  });
  const request = { name, provider: "github", repository: repository.fullName, api_url: github.apiUrl, credential };
  const answer = await write(registry(), "POST", apiPath, JSON.stringify({ ...request, ...settings }));
  if (answer.status !== 201) throw new Error(`the source ${name} was answered ${answer.status}: ${answer.text}`);
  const { secret, hook_path } = createdSource.parse(JSON.parse(answer.text));
  const hook = github.createHook(repository, { url: registry().url + hook_path, secret: secret ?? "" });
  const copy = await cloneRepository(github.webUrl, repository, pushToken);
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const given = body === undefined ? undefined : JSON.stringify(body);
    const { status, text } = await write(registry(), method, `${apiPath}/${name}${path}`, given);
    if (status >= 300) throw new Error(`${method} ${path} was answered ${status}: ${text}`);
    return JSON.parse(text);
  };
  const deliveries = async () => incomingDeliveryPage.parse(await ask("GET", "/deliveries?limit=200")).items;
  return {
    ...{ repository, copy, source: name, hook, deliveries },
    async push(files, message = "change files") {
      copy.write(
        Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]]))),
      );
      copy.remove(...Object.keys(files).filter((path) => files[path] === null));
      const commit = await copy.commit(message);
      await copy.push();
      return commit;
    },
    async settled(commit) {
      return until(`a status of ${commit}`, async () => {
        const newest = github.statusesOf(repository, commit).at(-1);
        return newest === undefined || newest.state === "pending" ? null : newest;
      });
    },
    async delivery(commit) {
      const { id } = await until(`the delivery of ${commit}`, async () => {
        const found = (await deliveries()).find((one) => one.commit === commit);
        return found === undefined || found.state === "queued" || found.state === "working" ? null : found;
      });
      return incomingDelivery.parse(await ask("GET", `/deliveries/${id}`));
    },
    sourceNow: async () => webhookSource.parse(await ask("GET", "")),
    sent: (commit) =>
      until(`the webhook of ${commit}`, async () => {
        const found = github.posts.deliveries.find(
          (one) => one.hook === hook && one.body.includes(`"after":"${commit}"`),
        );
        return found === undefined || found.attempts.length === 0 ? null : found;
      }),
    change: async (changed) => void (await ask("PUT", "", changed)),
    act: async (path) => incomingDelivery.parse(await ask("POST", path)),
  };
}

/** Asks again and again until there is an answer; the test's own time limit ends it. */
export async function until<Answer>(what: string, ask: () => Promise<Answer | null>): Promise<Answer> {
  const deadline = performance.now() + 300_000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`${what} does not come`);
    await pause(20);
  }
}
