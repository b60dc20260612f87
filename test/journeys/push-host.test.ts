import { createHmac } from "node:crypto";
import webhooks from "@octokit/webhooks-examples" with { type: "json" };
import { afterAll, beforeAll, expect, test } from "vitest";
import { hookReceiver } from "../github/hook-receiver.ts";
import type { Github } from "../github/start-github.ts";
import { startGithub } from "../github/start-github.ts";
import { cloneRepository, type WorkingCopy } from "../github/working-copy.ts";

// What the other push journeys stand on: the code host itself, asked as its clients ask.

const receiver = hookReceiver();
const secret = "a secret of the hook";
let github: Github;
let opened = 0;
const copies: WorkingCopy[] = [];

beforeAll(async () => {
  github = await startGithub();
});
afterAll(async () => {
  for (const copy of copies) copy.discard();
  await github.stop();
});

/** A repository with a hook, somebody's clone of it, and how the API is asked about it. */
async function aRepository(facts: { isPrivate?: boolean } = {}) {
  const repository = await github.createRepository(`acme/catalog-${++opened}`, facts);
  const token = github.createToken({ repositories: [repository.fullName], contents: "write" });
  const hook = github.createHook(repository, { url: receiver.url(), secret });
  const copy = await cloneRepository(github.webUrl, repository, token);
  copies.push(copy);
  const ask = async (path: string, init: RequestInit = {}, asToken: string | null = token) => {
    const headers = { ...(asToken === null ? {} : { authorization: `Bearer ${asToken}` }), "user-agent": "test" };
    const url = `${github.apiUrl}/repos/${repository.fullName}${path}`;
    const response = await fetch(url, {
      ...init,
      headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  return { repository, copy, hook, ask, pushes: () => pushesOf(repository.fullName) };
}

/** The `push` payloads that came from a repository. */
function pushesOf(fullName: string) {
  return receiver.received.flatMap(({ headers, body }) => {
    const payload = JSON.parse(body);
    return headers["x-github-event"] === "push" && payload.repository.full_name === fullName ? [payload] : [];
  });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("a push is told by a signed webhook that has every field of the published samples", async () => {
  const { copy, pushes } = await aRepository();
  copy.write({ "templates/a.yaml": "one\n", "README.md": "read\n" });
  const first = await copy.commit("begin");
  await copy.push();
  copy.write({ "templates/a.yaml": "two\n", "templates/ü b.yaml": "new\n" });
  copy.remove("README.md");
  const second = await copy.commit("go on");
  await copy.push();
  await until(() => pushes().length === 2);
  const [created, changed] = pushes();
  expect(created).toMatchObject({ ref: "refs/heads/main", before: "0".repeat(40), after: first, created: true });
  expect(changed).toMatchObject({ before: first, after: second, created: false, deleted: false, forced: false });
  expect(changed.commits).toHaveLength(1);
  expect(changed.head_commit).toMatchObject({
    ...{ id: second, message: "go on", added: ["templates/ü b.yaml"] },
    ...{ removed: ["README.md"], modified: ["templates/a.yaml"] },
  });

  const samples: { name: string; examples: object[] }[] = webhooks;
  const sample = samples.find(({ name }) => name === "push")?.examples[0];
  const missing = [...pathsOf(sample)].filter((path) => !pathsOf(changed).has(path));
  expect(missing).toEqual([]);

  const { headers, body } = receiver.received.at(-1) ?? { headers: {}, body: "" };
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  expect(headers).toMatchObject({
    "x-hub-signature-256": `sha256=${signature}`,
    "x-github-event": "push",
    "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
    "x-github-delivery": expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test("a force push, a branch made of another and its end are told as such", async () => {
  const { copy, pushes } = await aRepository();
  copy.write({ a: "1" });
  const first = await copy.commit("one");
  await copy.push();
  copy.write({ a: "2" });
  await copy.git("add", ".");
  await copy.git("commit", "--quiet", "--amend", "--message=other");
  expect((await copy.tryPush()).exitCode).not.toBe(0);
  await copy.push("--force", "origin", "HEAD");
  await copy.push("origin", "HEAD:refs/heads/next");
  await copy.push("origin", ":refs/heads/next");
  await until(() => pushes().length === 4);
  const [, forced, branched, ended] = pushes();
  expect(forced).toMatchObject({ before: first, forced: true });
  expect(branched).toMatchObject({ ref: "refs/heads/next", created: true, base_ref: "refs/heads/main", commits: [] });
  expect(ended).toMatchObject({ ref: "refs/heads/next", deleted: true, after: "0".repeat(40), head_commit: null });
});

test("trees, blobs, contents and branches are those that git has", async () => {
  const { copy, ask } = await aRepository();
  const text = "some text that is longer than sixty characters, so that its base64 has lines\n";
  copy.write({ "d/a.yaml": text, "b.yaml": "b\n" });
  const commit = await copy.commit("one");
  await copy.push();
  const tree = (await ask(`/git/trees/${commit}?recursive=1`)).json();
  expect(tree).toMatchObject({ sha: commit, truncated: false });
  const paths: { path: string; sha: string; type: string; size?: number }[] = tree.tree;
  expect(paths.map(({ path, type }) => `${type} ${path}`)).toEqual(["blob b.yaml", "tree d", "blob d/a.yaml"]);
  const sha = paths.find(({ path }) => path === "d/a.yaml")?.sha ?? "";
  const blob = (await ask(`/git/blobs/${sha}`)).json();
  expect(Buffer.from(blob.content, "base64").toString()).toBe(text);
  expect((await ask(`/git/blobs/${sha}`, { headers: { accept: "application/vnd.github.raw+json" } })).text).toBe(text);
  expect(
    (await ask(`/contents/d/a.yaml?ref=${commit}`, { headers: { accept: "application/vnd.github.raw" } })).text,
  ).toBe(text);
  expect((await ask("/contents/d/a.yaml")).json()).toMatchObject({
    type: "file",
    path: "d/a.yaml",
    sha,
    encoding: "base64",
  });
  expect((await ask("/contents/d")).json()).toMatchObject([{ name: "a.yaml", type: "file" }]);
  expect((await ask("/branches/main")).json()).toMatchObject({ name: "main", commit: { sha: commit } });
  expect((await ask("/branches/other")).status).toBe(404);
  expect((await ask("/contents/none.yaml")).status).toBe(404);
  github.truncateTrees(2);
  const cut = (await ask("/git/trees/main?recursive=1")).json();
  github.truncateTrees(100_000);
  expect(cut).toMatchObject({ truncated: true });
  expect(cut.tree).toHaveLength(2);
});

test("a comparison says how two commits lie to each other, and tells at most three hundred files", async () => {
  const { copy, ask } = await aRepository();
  copy.write({ a: "1" });
  const first = await copy.commit("one");
  copy.write(Object.fromEntries(Array.from({ length: 320 }, (_, at) => [`f/${at}`, `${at}`])));
  const second = await copy.commit("two");
  await copy.push();
  await copy.git("checkout", "--quiet", first);
  copy.write({ b: "1" });
  const side = await copy.commit("aside");
  await copy.push("origin", "HEAD:refs/heads/side");
  const statusOf = async (base: string, head: string) => (await ask(`/compare/${base}...${head}`)).json().status;
  expect(await statusOf(first, second)).toBe("ahead");
  expect(await statusOf(second, first)).toBe("behind");
  expect(await statusOf(second, second)).toBe("identical");
  expect(await statusOf(second, side)).toBe("diverged");
  expect((await ask(`/compare/${first}...${second}`)).json().files).toHaveLength(300);
  expect((await ask(`/compare/${first}...${"1".repeat(40)}`)).status).toBe(404);
});

test("statuses are taken, combined, and refused for what GitHub refuses", async () => {
  const { copy, repository, ask } = await aRepository();
  copy.write({ a: "1" });
  const commit = await copy.commit("one");
  await copy.push();
  const post = (body: object, token?: string) =>
    ask(`/statuses/${commit}`, { method: "POST", body: JSON.stringify(body) }, ...(token === undefined ? [] : [token]));
  expect((await post({ state: "pending", context: "c" })).status).toBe(201);
  expect((await post({ state: "success", context: "c", description: "fine" })).status).toBe(201);
  expect((await ask(`/commits/${commit}/status`)).json()).toMatchObject({ state: "success", total_count: 1 });
  expect((await ask("/commits/main/statuses")).json()).toHaveLength(2);
  expect((await post({ state: "green" })).status).toBe(422);
  expect((await post({ state: "success", description: "x".repeat(141) })).status).toBe(422);
  const reader = github.createToken({ repositories: [repository.fullName], statuses: "read" });
  expect((await post({ state: "success" }, reader)).status).toBe(403);
  expect((await ask(`/statuses/${"1".repeat(40)}`, { method: "POST", body: '{"state":"success"}' })).status).toBe(422);
});

test("a private repository is not there for others, and a wrong token is refused everywhere", async () => {
  const { ask } = await aRepository({ isPrivate: true });
  const stranger = github.createToken({ repositories: ["acme/other"] });
  expect((await ask("")).status).toBe(200);
  expect((await ask("", {}, null)).status).toBe(404);
  expect((await ask("", {}, stranger)).status).toBe(404);
  expect((await ask("", {}, "github_pat_wrong")).status).toBe(401);
  expect((await ask("", { headers: { "user-agent": "" } })).status).toBe(403);
});

test("a broken API refuses, hangs or complains until it is mended, while pushes go on", async () => {
  const { copy, ask, pushes } = await aRepository();
  copy.write({ a: "1" });
  await copy.commit("one");
  await github.breakApi({ fault: "refuse" });
  await copy.push();
  await until(() => pushes().length === 1);
  await expect(ask("")).rejects.toThrow();
  await github.breakApi({ fault: "hang" });
  const askedBefore = github.asked.length;
  const unanswered = ask("").catch(() => "let go");
  await until(() => github.asked.length > askedBefore);
  await github.breakApi({ fault: "status", status: 502 });
  expect(await unanswered).toBe("let go");
  expect((await ask("")).status).toBe(502);
  await github.breakApi({ fault: "rate-limit", resetSeconds: 2 });
  expect((await ask("")).headers.get("x-ratelimit-remaining")).toBe("0");
  await github.breakApi({ fault: "secondary", retrySeconds: 1 });
  expect((await ask("")).headers.get("retry-after")).toBe("1");
  await github.breakApi({ fault: "cut" });
  await expect(ask("")).rejects.toThrow();
  await github.mendApi();
  expect((await ask("")).status).toBe(200);
});

test("deliveries can be held, sent in another order, twice, and again under the same id", async () => {
  const { copy, pushes } = await aRepository();
  github.posts.hold();
  for (const letter of ["1", "2", "3"]) {
    copy.write({ a: letter });
    await copy.commit(letter);
    await copy.push();
  }
  const told = () => pushes().map((payload) => payload.head_commit.message);
  expect(told()).toEqual([]);
  await until(() => github.posts.heldCount() === 3);
  await github.posts.release((held) => held.reverse());
  expect(told()).toEqual(["3", "2", "1"]);
  const [first] = github.posts.deliveries.filter(({ body }) => body.includes(pushes().at(-1).after));
  if (first === undefined) throw new Error("the host lost a delivery");
  await github.posts.redeliver(first);
  expect(told()).toEqual(["3", "2", "1", "1"]);
  expect(receiver.received.filter(({ headers }) => headers["x-github-delivery"] === first.guid)).toHaveLength(2);
});

/** Every way of keys into a value; what lists hold is known by its first. */
function pathsOf(value: unknown, prefix = ""): Set<string> {
  const paths = new Set<string>();
  if (Array.isArray(value)) return value.length === 0 ? paths : pathsOf(value[0], `${prefix}[]`);
  if (typeof value !== "object" || value === null) return paths;
  for (const [key, inner] of Object.entries(value)) {
    paths.add(`${prefix}.${key}`);
    for (const path of pathsOf(inner, `${prefix}.${key}`)) paths.add(path);
  }
  return paths;
}
