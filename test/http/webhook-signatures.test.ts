import examples from "@octokit/webhooks-examples/api.github.com/index.json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { aSource, hookAnswerOf, type MadeSource, pushBody, sendSigned } from "./a-hook.ts";
import { ask, askJson, refusalOf } from "./a-registry.ts";
import { expectSound } from "./an-answer.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

/** A source that is paused: what comes in is looked at and kept, and no host is asked for its files. */
async function aPausedSource(parts: Record<string, unknown>): Promise<MadeSource> {
  const source = await aSource({ credential: "a-token", ...parts });
  const response = await askJson("PUT", `/v1/webhook-sources/${source.name}`, { state: "paused" });
  expect(response.status).toBe(200);
  return source;
}

async function githubSignature(secret: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
  return `sha256=${[...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

interface GithubHook {
  event?: string;
  id?: string;
  type?: string;
  headers?: Record<string, string>;
}

async function sendGithub(
  source: MadeSource,
  body: string | Uint8Array<ArrayBuffer>,
  { event = "push", id = crypto.randomUUID(), type = "application/json", headers }: GithubHook = {},
): Promise<Response> {
  return ask("POST", `/v1/webhooks/github/${source.name}`, {
    token: null,
    body,
    type,
    headers: headers ?? {
      "X-GitHub-Event": event,
      "X-GitHub-Delivery": id,
      "X-Hub-Signature-256": await githubSignature(source.secret, body),
    },
  });
}

function githubPush(source: MadeSource, parts: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ref: "refs/heads/main",
    before: "0".repeat(40),
    after: commit,
    repository: { full_name: `acme/${source.name}` },
    pusher: { name: "ada" },
    unique: crypto.randomUUID(),
    ...parts,
  });
}

describe("a hook of GitHub", () => {
  it("is kept when it is signed with the source's secret, as JSON or in a form", async () => {
    const source = await aPausedSource({ provider: "github" });
    const kept = await hookAnswerOf(await sendGithub(source, githubPush(source)), 200);
    expect(kept).toMatchObject({ status: "ignored", delivery_id: expect.stringMatching(/^whd_/) });
    const form = new URLSearchParams({ payload: githubPush(source) }).toString();
    const sent = await sendGithub(source, form, { type: "application/x-www-form-urlencoded" });
    expect((await hookAnswerOf(sent, 200)).delivery_id).toMatch(/^whd_/);
    const told = await ask("GET", `/v1/webhook-sources/${source.name}/deliveries/${kept.delivery_id}`);
    expect(await told.json()).toMatchObject({ commit, ref: "refs/heads/main", pusher: "ada", event: "push" });
  });

  it("is refused when it is signed otherwise, altered, or not signed", async () => {
    const source = await aSource({ provider: "github" });
    const body = githubPush(source);
    const good = await githubSignature(source.secret, body);
    const base = { "X-GitHub-Event": "push", "X-GitHub-Delivery": crypto.randomUUID() };
    const wrong: [string, Record<string, string>][] = [
      [body, { "X-Hub-Signature-256": await githubSignature("another secret", body) }],
      [`${body} `, { "X-Hub-Signature-256": good }],
      [body, {}],
      [body, { "X-Hub-Signature": `sha1=${"0".repeat(40)}` }],
      [body, { "X-Hub-Signature-256": good.slice(0, -1) }],
      [body, { "X-Hub-Signature-256": good.replace("sha256=", "") }],
      [body, { "X-Hub-Signature-256": "" }],
    ];
    for (const [text, headers] of wrong) {
      const told = await refusalOf(await sendGithub(source, text, { headers: { ...base, ...headers } }), 401);
      expect(told.code).toBe("SIGNATURE_INVALID");
      expect(told.detail).toContain("X-Hub-Signature-256");
    }
    // The signature comes first: nothing is told of what an unsigned body is like.
    const unread = await refusalOf(await sendGithub(source, "{", { headers: base }), 401);
    expect(unread.code).toBe("SIGNATURE_INVALID");
  });

  it("is a duplicate by its id, and by its body under another id", async () => {
    const source = await aPausedSource({ provider: "github" });
    const body = githubPush(source);
    const { delivery_id: first } = await hookAnswerOf(await sendGithub(source, body, { id: "one" }), 200);
    for (const id of ["one", "two"]) {
      const again = await hookAnswerOf(await sendGithub(source, body, { id }), 200);
      expect(again).toMatchObject({ status: "duplicate", delivery_id: first });
    }
    const other = await hookAnswerOf(await sendGithub(source, githubPush(source), { id: "one" }), 200);
    expect(other).toMatchObject({ status: "duplicate", delivery_id: first });
  });

  it("is only answered when nothing follows from it", async () => {
    const source = await aSource({ provider: "github" });
    const ping = await hookAnswerOf(await sendGithub(source, "{}", { event: "ping" }), 200);
    expect(ping.status).toBe("pong");
    const nothing: [Record<string, unknown>, string][] = [
      [{ ref: "refs/heads/other" }, "main"],
      [{ ref: "refs/tags/main" }, "refs/tags/main"],
      [{ after: "0".repeat(40), deleted: true }, "deleted"],
      [{ repository: { full_name: "acme/else" } }, "acme/else"],
    ];
    for (const [parts, said] of nothing) {
      const answer = await hookAnswerOf(await sendGithub(source, githubPush(source, parts)), 200);
      expect(answer).toMatchObject({ status: "ignored", delivery_id: null });
      expect(answer.message).toContain(said);
    }
  });

  it("takes every sample payload that GitHub has published", async () => {
    const source = await aPausedSource({ provider: "github", repository: "Codertocat/Hello-World", branch: "master" });
    let sent = 0;
    for (const { name, examples: payloads } of examples) {
      for (const payload of payloads) {
        const response = await sendGithub(source, JSON.stringify(payload), { event: name });
        const answer = await hookAnswerOf(response, 200);
        expect(answer.status === "pong").toBe(name === "ping");
        sent += 1;
      }
    }
    expect(sent).toBeGreaterThan(300);
  });

  it("answers whatever bytes come, signed, without breaking", async () => {
    const source = await aPausedSource({ provider: "github" });
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    for (const body of ["", "null", "[]", "1", '"push"', deep, githubPush(source).slice(0, -10)]) {
      await expectSound(await sendGithub(source, body));
    }
    const wrongly = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const push = fc.record({ ref: wrongly, after: wrongly, deleted: wrongly, repository: wrongly, pusher: wrongly });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), push), async (given) => {
        const body = given instanceof Uint8Array ? Uint8Array.from(given) : JSON.stringify(given);
        await expectSound(await sendGithub(source, body));
      }),
      { numRuns: 60 },
    );
  });

  it("must say what it is", async () => {
    const source = await aSource({ provider: "github" });
    const body = githubPush(source);
    const signature = { "X-Hub-Signature-256": await githubSignature(source.secret, body) };
    const told = await refusalOf(await sendGithub(source, body, { headers: signature }), 400);
    expect(told.detail).toContain("X-GitHub-Event");
    const noId = { ...signature, "X-GitHub-Event": "push" };
    expect((await refusalOf(await sendGithub(source, body, { headers: noId }), 400)).detail).toContain(
      "X-GitHub-Delivery",
    );
  });
});

describe("a hook of GitLab", () => {
  const bodyOf = (source: MadeSource, parts: object = {}) =>
    JSON.stringify({
      object_kind: "push",
      ref: "refs/heads/main",
      after: commit,
      user_username: "ada",
      project: { path_with_namespace: `acme/${source.name}` },
      ...parts,
    });
  const send = (source: MadeSource, body: string, headers: Record<string, string>) =>
    ask("POST", `/v1/webhooks/gitlab/${source.name}`, {
      token: null,
      body,
      type: "application/json",
      headers: { "X-Gitlab-Event": "Push Hook", ...headers },
    });

  it("is kept with the source's token, once for each event", async () => {
    const source = await aPausedSource({ provider: "gitlab" });
    const token = { "X-Gitlab-Token": source.secret };
    const first = await hookAnswerOf(await send(source, bodyOf(source), { ...token, "X-Gitlab-Event-UUID": "a" }), 200);
    const again = await hookAnswerOf(await send(source, bodyOf(source), { ...token, "X-Gitlab-Event-UUID": "a" }), 200);
    expect(again).toMatchObject({ status: "duplicate", delivery_id: first.delivery_id });
    // A branch that was moved back and forth sends the same body about another event.
    const other = await hookAnswerOf(await send(source, bodyOf(source), { ...token, "X-Gitlab-Event-UUID": "b" }), 200);
    expect(other.status).toBe("ignored");
    const issue = { ...token, "X-Gitlab-Event": "Issue Hook" };
    expect((await hookAnswerOf(await send(source, "{}", issue), 200)).delivery_id).toBeNull();
  });

  it("is refused with another token, or none", async () => {
    const source = await aSource({ provider: "gitlab" });
    for (const headers of [{}, { "X-Gitlab-Token": `${source.secret}x` }, { "X-Gitlab-Token": "" }]) {
      const told = await refusalOf(await send(source, bodyOf(source), headers as Record<string, string>), 401);
      expect(told.code).toBe("SIGNATURE_INVALID");
    }
  });

  it("may be signed as Standard Webhooks say", async () => {
    const secret = `whsec_${btoa("a secret of thirty-two letters!!")}`;
    const source = await aPausedSource({ provider: "gitlab", secret });
    const body = bodyOf(source);
    expect(
      (await sendSigned({ ...source, secret: `whsec_${btoa("another of thirty-two letters!!!")}` }, body)).status,
    ).toBe(401);
    const signed = await sendSigned({ ...source, secret }, body);
    // Signed well, and without X-Gitlab-Event.
    expect((await refusalOf(signed, 400)).detail).toContain("X-Gitlab-Event");
  });
});

describe("a generic hook", () => {
  const body = pushBody({ files: { "notes.yaml": "a: 1\n" } });

  it("is refused with another secret, an altered body, a missing header, or an old or early time", async () => {
    const source = await aSource();
    const other = `whsec_${btoa("another of thirty-two letters!!!")}`;
    const late = new Date(Date.now() - (limits.hookAgeSeconds + 5) * 1000);
    const early = new Date(Date.now() + (limits.hookAgeSeconds + 5) * 1000);
    for (const push of [{ secret: other }, { at: late }, { at: early }]) {
      expect((await refusalOf(await sendSigned(source, body, push), 401)).code).toBe("SIGNATURE_INVALID");
    }
    const headers = {
      "webhook-id": "a",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": "v1,AAAA",
    };
    for (const [name] of Object.entries(headers)) {
      const { [name as keyof typeof headers]: _, ...rest } = headers;
      const response = await ask("POST", `/v1/webhooks/generic/${source.name}`, { token: null, body, headers: rest });
      expect((await refusalOf(response, 401)).detail).toContain(name);
    }
    const altered = await ask("POST", `/v1/webhooks/generic/${source.name}`, { token: null, body, headers });
    expect((await refusalOf(altered, 401)).code).toBe("SIGNATURE_INVALID");
    const fresh = await hookAnswerOf(await sendSigned(source, body, { at: new Date(Date.now() - 60_000) }), 202);
    expect(fresh.status).toBe("queued");
  });

  it("is refused, and never breaks, with paths that are none and with what is no push", async () => {
    const source = await aSource();
    const file = (path: string) => JSON.stringify({ type: "push", data: { files: [{ path, content: "" }] } });
    for (const path of ["/etc/passwd", "../a.yaml", "a/./b.yaml", "a//b", "a\nb", ""]) {
      await refusalOf(await sendSigned(source, file(path)), 400);
    }
    const twice = {
      files: [
        { path: "a.yaml", content: "" },
        { path: "a.yaml", content: "" },
      ],
    };
    await refusalOf(await sendSigned(source, JSON.stringify({ type: "push", data: twice })), 400);
    for (const odd of ["{}", "null", '{"type":"push"}', '{"type":"push","data":{"files":7}}', '{"type":7}']) {
      await refusalOf(await sendSigned(source, odd), 400);
    }
    expect((await hookAnswerOf(await sendSigned(source, '{"type":"ping"}'), 200)).status).toBe("pong");
    expect((await hookAnswerOf(await sendSigned(source, '{"type":"issue"}'), 200)).status).toBe("ignored");
    expect((await hookAnswerOf(await sendSigned(source, pushBody({ ref: "refs/heads/else" })), 200)).status).toBe(
      "ignored",
    );
  });

  it("goes nowhere when its source is of another provider, or not there", async () => {
    const source = await aSource();
    const elsewhere = await sendSigned({ ...source, provider: "github" }, body);
    expect((await refusalOf(elsewhere, 404)).code).toBe("SOURCE_NOT_FOUND");
    expect((await refusalOf(await sendSigned({ ...source, name: "nobody" }, body), 404)).code).toBe("SOURCE_NOT_FOUND");
  });
});
