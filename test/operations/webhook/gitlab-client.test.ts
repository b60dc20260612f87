import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { gitlabClient } from "../../../src/bindings/host/gitlab-client.ts";
import { HostAway, type HostClient, HostRefusal } from "../../../src/bindings/host/host-client.ts";

// A server that answers as GitLab's documentation says, over HTTP.

const [first, second, side] = ["1".repeat(40), "2".repeat(40), "3".repeat(40)] as const;
const parents: Record<string, string | null> = { [first]: null, [second]: first, [side]: first };
const files = Array.from({ length: 250 }, (_, at) => `templates/${String(at).padStart(3, "0")}.yaml`);
let broken: ((response: ServerResponse) => void) | null = null;
let asked: { method: string; url: URL; token: string | undefined }[] = [];

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://host");
  asked.push({ method: request.method ?? "", url, token: String(request.headers["private-token"]) });
  if (broken !== null) {
    broken(response);
    return;
  }
  const { status, body, headers } = answer(request, url);
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
});
let client: HostClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = clientOf("glpat-token");
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  broken = null;
  asked = [];
});

function clientOf(credential: string): HostClient {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen");
  const apiUrl = `http://127.0.0.1:${address.port}/api/v4`;
  return gitlabClient({ fetch, apiUrl, repository: "acme/group/catalog", credential, nowMs: () => Date.now() });
}

interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

function answer({ headers, method }: IncomingMessage, url: URL): Answer {
  const send = (status: number, body: unknown, extra: Record<string, string> = {}) => ({
    status,
    body,
    headers: extra,
  });
  const path = /^\/api\/v4\/projects\/acme%2Fgroup%2Fcatalog(\/.*)$/.exec(url.pathname)?.[1];
  if (headers["private-token"] !== "glpat-token") return send(401, { message: "401 Unauthorized" });
  if (path === undefined) return send(404, { message: "404 Project Not Found" });
  if (path === "/repository/branches/release%2F1") return send(200, { name: "release/1", commit: { id: second } });
  if (path === "/repository/merge_base") {
    const refs = url.searchParams.getAll("refs[]");
    if (refs.some((ref) => !(ref in parents))) return send(400, { message: "Could not find ref" });
    const [a = "", b = ""] = refs;
    return send(200, { id: parents[a] === b ? b : parents[b] === a ? a : first });
  }
  if (path === "/repository/tree") {
    const page = Number(url.searchParams.get("page_token") ?? 0);
    const entries = files.slice(page * 100, (page + 1) * 100);
    const next = new URL(`http://elsewhere.example${url.pathname}${url.search}`);
    next.searchParams.set("page_token", String(page + 1));
    const isLast = (page + 1) * 100 >= files.length;
    const listed = entries.map((one) => ({ id: one.slice(-8, -5), path: one, type: "blob", mode: "100644" }));
    const odd = [
      { id: "l", path: "link", type: "blob", mode: "120000" },
      { id: "m", path: "module", type: "commit", mode: "160000" },
      { id: "t", path: "templates", type: "tree", mode: "040000" },
    ];
    return send(200, isLast ? [...listed, ...odd] : listed, isLast ? {} : { Link: `<${next}>; rel="next"` });
  }
  if (/^\/repository\/blobs\/[^/]+\/raw$/.test(path)) return send(200, "bytes of a file");
  if (path === `/statuses/${second}` && method === "POST") return send(201, { id: 1 });
  return send(404, { message: "404 Not Found" });
}

test("a branch's head, files in pages, and bytes are read, and no page sends us to another host", async () => {
  expect(await client.head("release/1")).toBe(second);
  expect(await client.head("gone")).toBeNull();
  const tree = await client.tree(second);
  expect(tree.filter(({ type }) => type === "file").map(({ path }) => path)).toEqual(files);
  expect(tree.slice(files.length).map(({ path, type }) => [path, type])).toEqual([
    ["link", "symlink"],
    ["module", "submodule"],
  ]);
  const [file] = tree;
  if (file === undefined) throw new Error("no file");
  expect(new TextDecoder().decode(await client.read(file))).toBe("bytes of a file");
  expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(["glpat-token"]));
});

test("how two commits stand to each other is told by where they part", async () => {
  expect(await client.compare(first, second)).toBe("ahead");
  expect(await client.compare(second, first)).toBe("behind");
  expect(await client.compare(second, second)).toBe("identical");
  expect(await client.compare(second, side)).toBe("diverged");
  expect(await client.compare("9".repeat(40), second)).toBe("unknown");
});

test("a status is posted in GitLab's words", async () => {
  const status = { description: "a & b", context: "callsheet/s", url: "http://here/#/webhooks/s/1" };
  for (const state of ["pending", "success", "failure", "error"] as const) {
    await client.postStatus(second, { ...status, state });
  }
  const told = asked.map(({ url }) => url.searchParams);
  expect(told.map((query) => query.get("state"))).toEqual(["running", "success", "failed", "failed"]);
  expect(Object.fromEntries(told[0] ?? [])).toMatchObject({
    name: "callsheet/s",
    description: "a & b",
    target_url: status.url,
  });
});

test("what passes is told from what somebody must change", async () => {
  const failing = async (respond: (response: ServerResponse) => void): Promise<unknown> => {
    broken = respond;
    return client.tree(second).catch((error: unknown) => error);
  };
  const status =
    (code: number, headers: Record<string, string> = {}) =>
    (response: ServerResponse) => {
      response.writeHead(code, headers);
      response.end('{"message":"said by the host"}');
    };
  expect(await failing(status(502))).toBeInstanceOf(HostAway);
  expect(await failing(status(429, { "Retry-After": "7" }))).toMatchObject({ name: "HostAway", retryAfterSeconds: 7 });
  expect(await failing(status(403, { "Retry-After": "7" }))).toBeInstanceOf(HostAway);
  expect(await failing(status(200))).toBeInstanceOf(HostAway);
  expect(await failing((response) => response.destroy())).toBeInstanceOf(HostAway);
  expect(await failing(status(403))).toBeInstanceOf(HostRefusal);
  const moved = await failing(status(301, { Location: "http://elsewhere.example/" }));
  expect(moved).toMatchObject({ name: "HostRefusal", message: expect.stringContaining("redirect") });
  broken = null;
  const refused = await clientOf("wrong")
    .tree(second)
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: "HostRefusal", status: 401, message: expect.stringContaining("credential") });
});
