import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { problem } from "../../src/contract/failure.ts";
import { aDocument, adminToken, ask, publish, read } from "./a-registry.ts";
import { aRun, plainInputs, runOf } from "./a-run.ts";
import { aFunctionText, publishSource } from "./a-source.ts";
import { begunFlow, publishFlow } from "./a-workflow.ts";
import { anAccessToken, askOf, withToken } from "./an-access-token.ts";
import { aCard, aWorkflow } from "./an-agent.ts";

const isPrivate = { ...env, PUBLIC_READS: "false" };
let used = 0;
const aWord = () => `named${++used}x`;

/** A token for the names that begin with a word of their own, and one for none of them. */
async function aPublisher() {
  const word = aWord();
  const kinds = ["templates", "workflows", "agents", "models"].map((kind) => `${kind}/${word}*`);
  const names = [...kinds, `functions/python.${word}*`];
  const scopes = ["publish", "run"] as const;
  return { word, names, token: (await anAccessToken({ scopes, names })).token };
}

function send(token: string, path: string, body: unknown, type = "application/json"): Promise<Response> {
  return ask("POST", path, { token, type, body: typeof body === "string" ? body : JSON.stringify(body) });
}

async function expectForbidden(response: Response, name: string): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(403);
  const told = problem.parse(JSON.parse(text));
  expect(told.code).toBe("FORBIDDEN");
  expect(told.detail).toContain(name);
}

it.each(["", "?dry_run=true"])(
  "publishes what the token's names fit, and nothing else, however it is sent (%s)",
  async (query) => {
    const { word, token } = await aPublisher();
    const other = `other${word}`;
    const first = query === "" ? 201 : 200;
    const sent = [
      ["templates", "application/json", (name: string) => aDocument(name)],
      ["workflows", "application/json", (name: string) => aWorkflow(name, { steps: [{ id: "a", skill: "none" }] })],
      ["agents", "application/json", (name: string) => aCard(name)],
      ["functions", "text/x-python", (name: string) => aFunctionText(name)],
    ] as const;
    for (const [collection, type, documentOf] of sent) {
      const fits = await send(
        token,
        `/v1/${collection}${query}`,
        documentOf(`${word}_one`.replaceAll("_", collection === "agents" || collection === "workflows" ? "-" : "_")),
        type,
      );
      expect(fits.status, await fits.text()).toBe(first);
      const name = collection === "functions" ? `python.${other}` : other;
      await expectForbidden(
        await send(token, `/v1/${collection}${query}`, documentOf(other), type),
        `${collection}/${name}`,
      );
      expect((await read(`/v1/${collection}/${name}`)).status).toBe(404);
    }
  },
);

it.each(["", "?dry_run=true"])("refuses in a batch only those outside (%s)", async (query) => {
  const { word, token } = await aPublisher();
  const ids = [`${word}_a`, `not_${word}`, `${word}_b`];
  const answered = await send(
    token,
    `/v1/templates:batch${query}`,
    ids.map((id) => aDocument(id)),
  );
  expect(await answered.json()).toMatchObject({
    results: [{ status: "created" }, { status: "rejected", code: "FORBIDDEN" }, { status: "created" }],
  });
  const cards = [`${word}-a`, `not-${word}`].map((id) => aCard(id));
  const agents = await send(token, `/v1/agents:batch${query}`, cards);
  expect(await agents.json()).toMatchObject({ results: [{ status: "created" }, { code: "FORBIDDEN" }] });
  const sources = ids.map((id) => ({ file: `${id}.py`, language: "python", source: aFunctionText(id) }));
  const functions = await send(token, `/v1/functions:batch${query}`, { sources });
  expect(await functions.json(), "functions").toMatchObject({
    results: [{ status: "created" }, { status: "rejected", code: "FORBIDDEN" }, { status: "created" }],
  });
});

it.each(["", "?dry_run=true"])("refuses a source of which one function is outside, as a whole (%s)", async (query) => {
  const { word, token } = await aPublisher();
  const source = `${aFunctionText(`${word}_in`)}\n\n${aFunctionText(`out_${word}`)}`;
  await expectForbidden(
    await send(token, `/v1/functions${query}`, source, "text/x-python"),
    `functions/python.out_${word}`,
  );
  expect((await read(`/v1/functions/python.${word}_in`)).status).toBe(404);
});

it("changes tags and states of what fits only", async () => {
  const { word, token } = await aPublisher();
  for (const [name, status] of [
    [`${word}_mine`, 200],
    [`theirs_${word}`, 403],
  ] as const) {
    await publish(aDocument(name));
    const path = `/v1/templates/${name}`;
    const tag = await ask("PUT", `${path}/tags/stable`, {
      token,
      type: "application/json",
      body: '{"version":"1.0.0"}',
    });
    expect(tag.status, await tag.text()).toBe(status);
    expect((await send(token, `${path}/versions/1.0.0:deprecate`, { message: "old" })).status).toBe(status);
    expect((await ask("DELETE", `${path}/versions/1.0.0`, { token })).status).toBe(status);
  }
});

it("shows in lists of a private registry what fits, and in those of a public one everything", async () => {
  const { word, token } = await aPublisher();
  const [mine, theirs] = [`${word}_mine`, `theirs_${word}`];
  for (const name of [mine, theirs]) {
    await publish(aDocument(name, { execution: { runtime: "runner" }, inputs: plainInputs, tags: [word] }));
    await publishSource(aFunctionText(name));
  }
  const namesOf = async (from: Env, path: string, sent: string | null) => {
    const response = await askOf(from, "GET", path, withToken(sent));
    expect(response.status, `${path}: ${await response.clone().text()}`).toBe(200);
    return ((await response.json()) as { items: { name: string }[] }).items.map(({ name }) => name);
  };
  for (const path of [`/v1/templates?tag=${word}`, `/v1/templates?q=${word}`]) {
    expect((await namesOf(isPrivate, path, adminToken)).toSorted()).toEqual([mine, theirs].toSorted());
    expect(await namesOf(isPrivate, path, token)).toEqual([mine]);
    expect((await namesOf(env, path, token)).toSorted()).toEqual([mine, theirs].toSorted());
  }
  const openapi = async (from: Env) => (await askOf(from, "GET", "/openapi.json", withToken(token))).text();
  const [shown, all] = [await openapi(isPrivate), await openapi(env)];
  expect([shown.includes(mine), shown.includes(theirs)]).toEqual([true, false]);
  expect([all.includes(mine), all.includes(theirs)]).toEqual([true, true]);
  const skill = async (name: string) => (await askOf(isPrivate, "GET", `/v1/skills/${name}`, withToken(token))).status;
  expect([await skill(`python.${mine}`), await skill(`python.${theirs}`)]).toEqual([200, 404]);

  const runs = [await aRun(mine), await aRun(theirs)];
  expect(await namesOf(env, "/v1/runs?limit=200", token)).toEqual([mine]);
  expect((await namesOf(env, "/v1/runs?limit=200", adminToken)).slice(0, 2)).toEqual([theirs, mine]);
  const entities = await (await ask("GET", "/v1/entities?limit=200&role=input", { token })).text();
  expect(runs.map(({ input_entity }) => entities.includes(input_entity))).toEqual([true, false]);
});

it("neither shows nor cancels runs of others, nor borrows from their entities", async () => {
  const { word, token } = await aPublisher();
  const [mine, theirs] = [`${word}_mine`, `theirs_${word}`];
  for (const name of [mine, theirs]) {
    await publish(aDocument(name, { execution: { runtime: "runner" }, inputs: plainInputs }));
  }
  const secret = await aRun(theirs, { inputs: { prompt: "a secret" } });
  for (const path of ["", "/events", "/logs"]) {
    await expectForbidden(await ask("GET", `/v1/runs/${secret.id}${path}`, { token }), `templates/${theirs}`);
  }
  await expectForbidden(await send(token, `/v1/runs/${secret.id}:cancel`, {}), `templates/${theirs}`);
  await expectForbidden(await ask("GET", `/v1/entities/${secret.input_entity}`, { token }), `templates/${theirs}`);
  await expectForbidden(
    await send(token, `/v1/templates/${theirs}/runs`, { inputs: { prompt: "x" } }),
    `templates/${theirs}`,
  );

  const own = await runOf(await send(token, `/v1/templates/${mine}/runs`, { inputs: { prompt: "mine" } }), 202);
  const compared = `/v1/entities/${own.input_entity}/compare?to=${secret.input_entity}`;
  await expectForbidden(await ask("GET", compared, { token }), `templates/${theirs}`);
  const borrow = (from: string) => send(token, `/v1/templates/${mine}/runs`, { inputs: { prompt: `@${from}.prompt` } });
  expect((await borrow(own.input_entity)).status).toBe(202);
  const refused = problem.parse(await (await borrow(secret.input_entity)).json());
  expect(refused.code).toBe("ENTITY_NOT_FOUND");
  expect(refused.issues[0]?.message).toContain("your token is not for");

  const both = await aRun(theirs, { inputs: { prompt: `@${own.input_entity}.prompt` } });
  const lineage = await (await ask("GET", `/v1/entities/${own.input_entity}/lineage`, { token })).text();
  expect([lineage.includes(own.id), lineage.includes(both.id), lineage.includes(both.input_entity)]).toEqual([
    true,
    false,
    false,
  ]);
  const whole = await (await ask("GET", `/v1/entities/${own.input_entity}/lineage`)).text();
  expect([whole.includes(both.id), whole.includes(both.input_entity)]).toEqual([true, true]);
});

it("lets exactly those approve whose token is called as the workflow says", async () => {
  const { word } = await aPublisher();
  const approval = { id: "ok", step_type: "approval", message: "Go on?", approvers: [`${word} ann`] };
  const reference = await publishFlow({ steps: [approval] });
  const run = await begunFlow(reference);
  const approve = async (name: string) => {
    const { token } = await anAccessToken({ scopes: ["run"], name });
    return send(token, `/v1/runs/${run.id}:approve`, { approved: true });
  };
  let refused = await approve(`${word} bob`);
  // It waits for its answer once its instance has come to it.
  for (let n = 0; n < 200 && refused.status === 409; n++) {
    await scheduler.wait(50);
    refused = await approve(`${word} bob`);
  }
  await expectForbidden(refused, `${word} ann`);
  const taken = await approve(`${word} ann`);
  expect(taken.status, await taken.text()).toBe(200);
});
