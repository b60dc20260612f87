import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BareRepository, createBareRepository } from "./bare-repository.ts";
import type { ApiFault } from "./faults.ts";
import { type Hook, type HookPosts, openHookPosts } from "./hooks.ts";
import type { AskedRequest, Host, TokenRights } from "./host.ts";
import { movedRefs, postPushes } from "./post-pushes.ts";
import { repositoryObject } from "./repository-object.ts";
import { serveApi } from "./serve-api.ts";
import { serveGit } from "./serve-git.ts";
import { type CommitStatus, keyOf } from "./statuses.ts";

/**
 * A code host as GitHub is to its clients: repositories that git itself keeps, pushed to by smart HTTP; webhooks with its payloads, headers and
 * signatures; and as much of its REST API as a registry needs. Two ports, as github.com and api.github.com are two.
 */
export interface Github {
  webUrl: string;
  apiUrl: string;
  posts: HookPosts;
  /** Requests to the API so far. */
  asked: AskedRequest[];
  createRepository(fullName: string, facts?: { defaultBranch?: string; isPrivate?: boolean }): Promise<BareRepository>;
  /** A new token, with the rights of one that a registry is given, unless said otherwise. */
  createToken(rights: Partial<TokenRights> & Pick<TokenRights, "repositories">): string;
  /** Adds a webhook, and pings it as the host does. */
  createHook(repository: BareRepository, hook: Pick<Hook, "url" | "secret"> & Partial<Hook>): Hook;
  removeHook(hook: Hook): void;
  /** A commit's statuses, oldest first. */
  statusesOf(repository: BareRepository, commit: string): CommitStatus[];
  /** The API fails in this way until it is mended; pushes and webhooks go on. */
  breakApi(fault: ApiFault): Promise<void>;
  mendApi(): Promise<void>;
  /** From so many entries on, a recursive tree says `truncated`. */
  truncateTrees(entries: number): void;
  stop(): Promise<void>;
}

/** Starts the host, with a folder of its own below the machine's temporary one. */
export async function startGithub(): Promise<Github> {
  const root = mkdtempSync(join(tmpdir(), "callsheet-github-"));
  let lastId = 1000;
  const host: Host = {
    ...{ webUrl: "", apiUrl: "", root, fault: null, treeLimit: 100_000, asked: [] },
    ...{ repositories: new Map(), tokens: new Map(), statuses: new Map() },
    nextId: () => ++lastId,
  };
  const hooks: { repository: BareRepository; hook: Hook }[] = [];
  const posts = openHookPosts();
  const hooksOf = (repository: BareRepository) =>
    hooks.flatMap((one) => (one.repository === repository ? [one.hook] : []));
  const web = await listen((request, response) => servePush(host, { request, response }, posts, hooksOf), 0);
  const serveOne: Listener = (request, response) => serveApi(host, request, response);
  let api = await listen(serveOne, 0);
  host.webUrl = urlOf(web);
  host.apiUrl = urlOf(api);
  const apiPort = Number(new URL(host.apiUrl).port);
  const mendApi = async () => {
    const wasClosed = host.fault?.fault === "refuse";
    host.fault = null;
    if (wasClosed) api = await listen(serveOne, apiPort);
    // Who waits for an answer that does not come is let go, as by any proxy in between.
    else api.closeAllConnections();
  };
  return {
    ...{ webUrl: host.webUrl, apiUrl: host.apiUrl, posts, asked: host.asked },
    async createRepository(fullName, { defaultBranch = "main", isPrivate = false } = {}) {
      const facts = { id: host.nextId(), fullName, defaultBranch, isPrivate };
      const repository = await createBareRepository(root, facts);
      host.repositories.set(fullName.toLowerCase(), repository);
      return repository;
    },
    createToken(rights) {
      const token = `github_pat_${randomBytes(20).toString("hex")}`;
      host.tokens.set(token, { login: "callsheet-bot", contents: "read", statuses: "write", ...rights });
      return token;
    },
    createHook(repository, given) {
      const hook: Hook = { id: host.nextId(), contentType: "json", events: ["push"], ...given };
      hooks.push({ repository, hook });
      const told = repositoryObject(host.apiUrl, host.webUrl, repository);
      posts.post(hook, "ping", repository.id, pingPayload(hook, told));
      return hook;
    },
    removeHook(hook) {
      hooks.splice(hooks.findIndex((one) => one.hook === hook) >>> 0, 1);
    },
    statusesOf: ({ fullName }, commit) => host.statuses.get(keyOf(fullName, commit)) ?? [],
    async breakApi(fault) {
      if (host.fault !== null) await mendApi();
      host.fault = fault;
      if (fault.fault === "refuse") await close(api);
    },
    mendApi,
    truncateTrees(entries) {
      host.treeLimit = entries;
    },
    async stop() {
      await Promise.all([close(web), close(api)]);
      for (const repository of host.repositories.values()) repository.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Git's own requests. A push is followed by its webhooks, as soon as its refs have moved. */
async function servePush(
  host: Host,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  posts: HookPosts,
  hooksOf: (repository: BareRepository) => readonly Hook[],
): Promise<void> {
  const url = new URL(request.url ?? "/", host.webUrl);
  const [, fullName = "", below = ""] =
    /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|git-\w+-pack))$/.exec(url.pathname) ?? [];
  const repository = host.repositories.get(fullName.toLowerCase());
  const [, password = ""] = basicOf(request.headers.authorization).split(/:(.*)/s);
  const rights = host.tokens.get(password) ?? null;
  const isIn = repository !== undefined && rights?.repositories.includes(repository.fullName) === true;
  const isPush = below === "/git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  if (repository === undefined || (!isIn && (isPush || repository.isPrivate))) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end("Repository not found.\n");
    return;
  }
  if (isPush && rights?.contents !== "write") {
    response.writeHead(403).end("Write access to repository not granted.\n");
    return;
  }
  const path = `/${repository.fullName}.git${below}`;
  const user = rights?.login ?? "";
  const serve = () => serveGit(request, response, { root: host.root, path, query: url.search.slice(1), user });
  if (below !== "/git-receive-pack") return serve();
  const moved = await movedRefs(repository, serve);
  await postPushes(host, repository, moved, { pusher: user, hooks: hooksOf(repository), posts });
}

function basicOf(header = ""): string {
  return Buffer.from(/^Basic (\S+)$/i.exec(header)?.[1] ?? "", "base64").toString("utf8");
}

async function listen(serve: Listener, port: number): Promise<Server> {
  const listener: RequestListener = (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // While it is being stopped, its repositories go away below what is still asked.
      if (server.listening) console.error("the code host failed:", error);
      response.destroy();
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return server;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

function urlOf(server: Server): string {
  // A TCP server's address is never a text.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function pingPayload({ id, url, contentType, events }: Hook, repository: { url: string }) {
  const self = `${repository.url}/hooks/${id}`;
  const config = { content_type: contentType, url, insecure_ssl: "0", secret: "********" };
  const hook = { type: "Repository", id, name: "web", active: true, events, config, url: self };
  return { zen: "Keep it logically awesome.", hook_id: id, hook, repository };
}
