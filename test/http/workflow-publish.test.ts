import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import {
  type BatchAnswer,
  batchAnswer,
  type Registration,
  registration,
} from "../../src/contract/artifact/registration.ts";
import { layoutKeys } from "../../src/contract/oci/layout.ts";
import { type CalledSkills, calledSkills } from "../../src/contract/workflow/locked-skill.ts";
import { bytesOf, digestOf } from "./a-file.ts";
import { anEntry, blobFile, imported, indexFile, marker, tarOf } from "./a-layout.ts";
import { pushed, pushText } from "./a-pushed-artifact.ts";
import { aDocument, aName, change, publish, read, refusalOf } from "./a-registry.ts";
import { aManifest, emptyConfig } from "./a-repository.ts";
import { aFlow, callsOf, type FlowParts, publishFlow } from "./a-workflow.ts";
import { aCard, anAgentName, post, publishTo } from "./an-agent.ts";

const text = { type: "string", required: true };

/** What registering a workflow answers. */
async function register(parts: FlowParts, query = ""): Promise<Response> {
  return post(`/v1/workflows${query}`, aFlow(parts).document);
}

async function registered(parts: FlowParts, query = ""): Promise<Registration> {
  const response = await register(parts, query);
  const told = await response.text();
  expect([200, 201], told).toContain(response.status);
  return registration.parse(JSON.parse(told));
}

async function batch(documents: object[], query = ""): Promise<BatchAnswer> {
  return batchAnswer.parse(await (await post(`/v1/workflows:batch${query}`, documents)).json());
}

async function skillsOf(reference: string): Promise<CalledSkills> {
  const response = await read(`/v1/workflows/${reference}/skills`);
  const told = await response.text();
  expect(response.status, told).toBe(200);
  return calledSkills.parse(JSON.parse(told));
}

/** A template that takes a word and gives a number, and its name. */
async function aCounter(
  version = "1.0.0",
  parts: { inputs?: object; outputs?: object; name?: string } = {},
): Promise<string> {
  const { name = aName("count"), inputs = { word: text }, outputs = { count: { type: "integer" } } } = parts;
  await publish(aDocument(name, { version, inputs, outputs }));
  return name;
}

describe("publishing a workflow", () => {
  it("checks what its steps give their skills, and what they read of them", async () => {
    const counter = await aCounter();
    const told = await refusalOf(
      await register({
        inputs: { size: { type: "integer", required: true } },
        steps: [
          { id: "a", skill: counter, inputs: { word: "{{ workflow.input.size }}" } },
          { id: "b", skill: counter, inputs: { wort: "x" } },
          { id: "c", skill: counter, inputs: { word: "{{ steps.a.outputs.total }}" } },
        ],
      }),
      422,
    );
    expect(told.issues.map(({ code, path }) => [code, path])).toEqual([
      ["type_mismatch", "/steps/0/inputs/word"],
      ["call_input_missing", "/steps/1/inputs/word"],
      ["call_input_unknown", "/steps/1/inputs/wort"],
      ["type_mismatch", "/steps/2/inputs/word"],
    ]);
  });

  it("checks what it gives an agent by the schema of its card, as far as that says", async () => {
    const agent = anAgentName("writer");
    const input_schema = {
      type: "object",
      properties: { goal: { type: "string" } },
      required: ["goal"],
      additionalProperties: false,
    };
    await publishTo("/v1/agents", aCard(agent, { skills: [{ id: `${agent}-skill`, input_schema }] }));
    const told = await refusalOf(
      await register({ steps: [{ id: "a", skill: `${agent}-skill`, inputs: { goal: 3 } }] }),
      422,
    );
    expect(told.issues.map(({ code, path }) => [code, path])).toEqual([["type_mismatch", "/steps/0/inputs/goal"]]);
  });

  it("warns of skills that nobody has", async () => {
    const { issues } = await registered({ steps: callsOf("nobody-has-this") });
    expect(issues).toMatchObject([{ severity: "warning", code: "skill_unresolved", path: "/steps/0/skill" }]);
  });

  it("keeps who answered to its skills then, beside who answers now", async () => {
    const counter = await aCounter();
    const name = await publishFlow({
      steps: [{ id: "a", skill: `${counter}@^1`, inputs: { word: "x" } }, ...callsOf("comes-later")],
    });
    await aCounter("1.1.0", { name: counter, outputs: { count: { type: "integer" }, more: { type: "string" } } });
    expect(await skillsOf(name)).toMatchObject({
      name,
      version: "1.0.0",
      skills: [
        {
          skill: `${counter}@^1`,
          steps: ["a"],
          published: { kind: "template", name: counter, version: "1.0.0", skill: null },
          now: { kind: "template", name: counter, version: "1.1.0" },
        },
        { skill: "comes-later", steps: ["s1"], published: null, now: null },
      ],
    });
    await change("DELETE", `/v1/workflows/${name}/versions/1.0.0`);
    const rows = await env.DB.prepare("SELECT COUNT(*) AS count FROM workflow_skill WHERE name = ?").bind(name).first();
    expect(rows).toEqual({ count: 0 });
  });

  it("by a push to its repository keeps the same", async () => {
    const counter = await aCounter();
    const { name, document } = aFlow({ steps: [{ id: "a", skill: counter, inputs: { word: "x" } }] });
    await pushed(`workflows/${name}`, "1.0.0", JSON.stringify(document), {
      mediaType: "application/json",
      file: "flow.json",
    });
    expect((await skillsOf(name)).skills).toMatchObject([
      { skill: counter, published: { name: counter, version: "1.0.0" } },
    ]);
    const wrong = aFlow({ name, version: "1.1.0", steps: [{ id: "a", skill: counter, inputs: { wort: "x" } }] });
    const refused = await pushText(`workflows/${name}`, "1.1.0", JSON.stringify(wrong.document), {
      mediaType: "application/json",
      file: "flow.json",
    });
    expect(refused.status).toBe(400);
  });
});

describe("a workflow whose skills became others", () => {
  it("is unchanged when it is published again, and only what is new is refused", async () => {
    const counter = await aCounter();
    const steps = [{ id: "a", skill: counter, inputs: { word: "x" } }];
    const name = await publishFlow({ steps });
    await aCounter("2.0.0", { name: counter, inputs: { wort: text } });
    const again = await registered({ name, steps });
    expect(again.status).toBe("unchanged");
    expect(again.issues.map(({ severity, code }) => [severity, code])).toContainEqual([
      "warning",
      "call_input_missing",
    ]);
    await refusalOf(await register({ name, version: "1.0.1", steps }), 422);
  });

  it("is taken from an image layout all the same, and keeps who answers there", async () => {
    const counter = await aCounter("1.0.0", { inputs: { wort: text } });
    const { name, document } = aFlow({ steps: [{ id: "a", skill: counter, inputs: { word: "x" } }] });
    const bytes = bytesOf(JSON.stringify(document));
    const layer = { digest: await digestOf(bytes), bytes };
    const described = { mediaType: "application/json", digest: layer.digest, size: bytes.byteLength };
    const manifest = aManifest([layer], { layers: [described] });
    const place = { [layoutKeys.repository]: `workflows/${name}`, [layoutKeys.version]: "1.0.0" };
    const blobs = [manifest, layer, emptyConfig].map(blobFile);
    const archive = await tarOf([marker, indexFile([anEntry(manifest, place)]), ...blobs]);
    expect((await imported(archive)).results).toMatchObject([{ status: "created" }]);
    expect((await skillsOf(name)).skills).toMatchObject([{ skill: counter, published: { name: counter } }]);
  });
});

describe("workflows of one batch that call each other", () => {
  const inner = (name: string) =>
    aFlow({
      name,
      inputs: { word: text },
      outputs: { told: { type: "string", value: "{{ workflow.input.word }}" } },
      steps: callsOf("whoever"),
    }).document;
  const outer = (called: string, inputs: object) =>
    aFlow({ steps: [{ id: "go", skill: `workflow/${called}`, inputs }] });

  it.each(["", "?dry_run=true"])("are checked against each other, in whatever order they are sent%s", async (query) => {
    const name = anAgentName("inner");
    const right = outer(name, { word: "x" });
    const wrong = outer(name, { word: 1 });
    const { results } = await batch([right.document, wrong.document, inner(name)], query);
    expect(results.map(({ name: told, status }) => [told, status])).toEqual([
      [right.name, "created"],
      [wrong.name, "rejected"],
      [name, "created"],
    ]);
    expect(results[0]?.issues).toEqual([]);
    expect(results[1]?.issues).toMatchObject([{ code: "type_mismatch", path: "/steps/0/inputs/word" }]);
  });

  it("in a circle are published, with a warning", async () => {
    const [first, second] = [anAgentName("a"), anAgentName("b")];
    const documents = [
      aFlow({ name: first, steps: callsOf(`workflow/${second}`) }).document,
      aFlow({ name: second, steps: callsOf(`workflow/${first}`) }).document,
    ];
    const { results } = await batch(documents);
    expect(results.map(({ status }) => status)).toEqual(["created", "created"]);
    expect(results.flatMap(({ issues }) => issues.map(({ code }) => code))).toEqual(["skill_unresolved"]);
  });
});

describe("a workflow's interface", () => {
  const inputs = { word: text, times: { type: "integer", min: 1, default: 2 } };
  const outputs = {
    told: "{{ workflow.input.word }}",
    count: { type: "integer", value: "{{ size(workflow.input.word) }}" },
  };

  it("is told as JSON Schema and OpenAPI", async () => {
    const name = await publishFlow({ inputs, outputs, steps: callsOf("whoever") });
    const schema = await read(`/v1/workflows/${name}/schema`);
    expect(await schema.json()).toMatchObject({
      name,
      inputs: {
        required: ["word"],
        properties: { times: { type: "integer", minimum: 1, default: 2 } },
        additionalProperties: false,
      },
      outputs: { properties: { told: {}, count: { type: "integer" } } },
    });
    const openapi = await read(`/v1/workflows/${name}/openapi.json`);
    expect(Object.keys((await openapi.json<{ paths: object }>()).paths)).toEqual([`/v1/workflows/${name}/runs`]);
    const whole = await read("/openapi.json");
    expect(Object.keys((await whole.json<{ paths: object }>()).paths)).toContain(`/v1/workflows/${name}/runs`);
  });

  it("that is not declared takes anything", async () => {
    const name = await publishFlow({ steps: callsOf("whoever") });
    const schema = await (await read(`/v1/workflows/${name}/schema`)).json<{ inputs: Record<string, unknown> }>();
    expect(schema.inputs).toMatchObject({ type: "object" });
    expect(schema.inputs).not.toHaveProperty("additionalProperties");
    const checked = await post(`/v1/workflows/${name}/validate`, { inputs: { any: [1] } });
    expect(await checked.json()).toMatchObject({ name, inputs: { any: [1] }, resources: null });
  });

  it("checks inputs without a run", async () => {
    const name = await publishFlow({ inputs, outputs, steps: callsOf("whoever") });
    const checked = await post(`/v1/workflows/${name}/validate`, { inputs: { word: "a" } });
    expect(await checked.json()).toMatchObject({ inputs: { word: "a", times: 2 } });
    const told = await refusalOf(await post(`/v1/workflows/${name}/validate`, { inputs: { times: 0 } }), 422);
    expect(told.issues.map(({ path }) => path).sort()).toEqual(["/times", "/word"]);
  });

  it("must not break within a major version", async () => {
    const name = await publishFlow({ inputs, outputs, steps: callsOf("whoever") });
    const { times } = inputs;
    const fewer = { ...outputs, told: "nothing", count: { type: "integer", value: "{{ workflow.input.times }}" } };
    const told = await refusalOf(
      await register({ name, version: "1.0.1", inputs: { times }, outputs: fewer, steps: callsOf("other") }),
      409,
    );
    expect(told).toMatchObject({
      code: "INCOMPATIBLE_CHANGE",
      issues: [{ path: "/inputs/word", code: "input_removed" }],
    });
    const taken = await registered({
      name,
      version: "2.0.0",
      inputs: { times },
      outputs: fewer,
      steps: callsOf("other"),
    });
    expect(taken.status).toBe("created");
    const words = await registered({
      name,
      version: "2.0.1",
      inputs: { times },
      outputs: fewer,
      steps: callsOf("another"),
    });
    expect(words.comparison).toMatchObject({ bump: "patch", changes: [{ path: "/steps", level: "patch" }] });
  });

  it.each([
    ["inputs", "input", "inputs_declared", "breaking"],
    ["outputs", "output", "outputs_declared", "minor"],
  ])("declared where it was not: %s", async (side, _noun, code, level) => {
    const name = await publishFlow({ steps: callsOf("whoever") });
    const declared = side === "inputs" ? { inputs: { word: text } } : { outputs: { told: "x" } };
    await registered({ name, version: "2.0.0", ...declared, steps: callsOf("whoever") });
    const compared = await read(`/v1/workflows/${name}/compare?from=1.0.0&to=2.0.0`);
    const { changes } = await compared.json<{ changes: { code: string; level: string }[] }>();
    expect(changes).toContainEqual(expect.objectContaining({ code, level }));
  });
});
