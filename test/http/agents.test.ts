import { describe, expect, it } from "vitest";
import { agentHealth } from "../../src/contract/agent/health.ts";
import { batchAnswer, registration } from "../../src/contract/artifact/registration.ts";
import { resolvedArtifact } from "../../src/contract/artifact/resolved.ts";
import { ask, change, read, refusalOf } from "./a-registry.ts";
import { aCard, anAgentName, post, publishTo } from "./an-agent.ts";

async function lookUp(reference: string) {
  const response = await read(`/v1/agents/${reference}`);
  expect(response.status).toBe(200);
  return resolvedArtifact.parse(await response.json());
}

describe("an agent card that is published", () => {
  it("answers 201 and where it is, and is served as it was written", async () => {
    const name = anAgentName("plan");
    const card = aCard(name, { quota: { day: 3 }, labels: { tier: "gold" }, capabilities: { streaming: true } });
    const response = await post("/v1/agents", card);
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe(`/v1/agents/${name}@1.0.0`);
    const told = registration.parse(await response.json());
    expect(told).toMatchObject({ kind: "agent", name, status: "created", comparison: null, tags: { latest: "1.0.0" } });
    expect(response.headers.get("callsheet-seq")).toBe(String(told.seq));
    const found = await lookUp(`${name}@^1`);
    expect(found).toMatchObject({ kind: "agent", version: "1.0.0", digest: told.digest, document: card });
    expect(Object.keys(found.document)).toEqual(Object.keys(card));
  });

  it("is listed, with what its skills are tagged with", async () => {
    const name = anAgentName("listed");
    await publishTo("/v1/agents", aCard(name, { skills: [{ id: "a", tags: [name.toUpperCase(), "planning"] }] }));
    const response = await read(`/v1/agents?tag=${name}`);
    expect(await response.json()).toMatchObject({ items: [{ name, title: `The ${name}`, tags: [name, "planning"] }] });
  });

  it("answers 200 and changes nothing when it comes again; its version taken by another card is 409", async () => {
    const name = anAgentName("again");
    const first = await publishTo("/v1/agents", aCard(name));
    const again = await post("/v1/agents", aCard(name));
    expect(again.status).toBe(200);
    expect(registration.parse(await again.json())).toMatchObject({ status: "unchanged", digest: first.digest });
    const other = await post("/v1/agents", aCard(name, { description: "Another." }));
    expect((await refusalOf(other, 409)).code).toBe("VERSION_TAKEN");
  });

  it("without a version gets the next patch, and none when the same card is live already", async () => {
    const name = anAgentName("numbered");
    const { version: _, ...card } = aCard(name);
    expect((await publishTo("/v1/agents", card)).version).toBe("1.0.0");
    const again = registration.parse(await (await post("/v1/agents", card)).json());
    expect(again).toMatchObject({ status: "unchanged", version: "1.0.0" });
    const changed = { ...card, description: "Better." };
    const dry = registration.parse(await (await post("/v1/agents?dry_run=true", changed)).json());
    expect(dry).toMatchObject({ status: "created", version: "1.0.1", dry_run: true, seq: null });
    expect((await publishTo("/v1/agents", changed)).version).toBe("1.0.1");
    expect((await lookUp(name)).document).toEqual({ ...changed, version: "1.0.1" });
    expect((await lookUp(`${name}@1.0.0`)).document).toEqual({ ...card, version: "1.0.0" });
  });

  it("takes its name from the card's name when there is no id", async () => {
    const name = anAgentName("slug");
    const { id: _, ...card } = aCard(name, { name: name.replaceAll("-", " ").toUpperCase() });
    expect((await publishTo("/v1/agents", card)).name).toBe(name);
  });

  it("comes back as YAML when it was written in YAML", async () => {
    const name = anAgentName("yaml");
    const text = `# mine\nid: ${name}\nname: Yaml\nurl: http://localhost:1\nversion: 1.2.0\nskills: [{id: a}]\n`;
    const response = await ask("POST", "/v1/agents?file=card.yaml", { body: text, type: "application/yaml" });
    expect(response.status).toBe(201);
    const source = await read(`/v1/agents/${name}`, { Accept: "application/yaml" });
    expect(new TextDecoder().decode(await source.arrayBuffer())).toBe(text);
    expect(source.headers.get("content-disposition")).toContain("card.yaml");
  });

  it("has versions, states and tags like every artifact", async () => {
    const name = anAgentName("life");
    await publishTo("/v1/agents", aCard(name));
    await publishTo("/v1/agents", aCard(name, { version: "1.1.0" }));
    await change("PUT", `/v1/agents/${name}/tags/stable`, { version: "1.0.0" });
    await change("POST", `/v1/agents/${name}/versions/1.1.0:yank`);
    expect((await lookUp(`${name}@stable`)).version).toBe("1.0.0");
    expect((await lookUp(`${name}@^1`)).version).toBe("1.0.0");
    const listed = await read(`/v1/agents/${name}/versions`);
    expect(await listed.json()).toMatchObject({ tags: { latest: "1.0.0", stable: "1.0.0" } });
  });
});

describe("a card that is refused", () => {
  it("is 422 with all that is wrong, and nothing of it is there", async () => {
    const name = anAgentName("bad");
    const response = await post("/v1/agents", aCard(name, { url: "nowhere", skills: [], version: "1.0" }));
    const { code, issues, detail } = await refusalOf(response, 422);
    expect(code).toBe("INVALID_DOCUMENT");
    expect(detail).toContain(`agent ${name}`);
    expect(issues.map((issue) => issue.path).sort()).toEqual(["/skills", "/url", "/version"]);
    expect((await refusalOf(await read(`/v1/agents/${name}`), 404)).code).toBe("NAME_NOT_FOUND");
  });

  it("a token that may not publish is refused before anything is read", async () => {
    const response = await ask("POST", "/v1/agents", { body: "{", type: "application/json", token: null });
    await refusalOf(response, 401);
  });

  it("what agents do not have is no route", async () => {
    const name = anAgentName("none");
    await publishTo("/v1/agents", aCard(name));
    expect((await refusalOf(await read(`/v1/agents/${name}/schema`), 404)).code).toBe("ROUTE_NOT_FOUND");
  });
});

describe("a batch of cards", () => {
  it("has one result for each, and one bad card stops no other", async () => {
    const [good, bad, bare] = [anAgentName("good"), anAgentName("bad"), anAgentName("bare")];
    const { version: _, ...unversioned } = aCard(bare);
    const cards = [aCard(good), aCard(bad, { skills: "none" }), unversioned, { ...unversioned, description: "2" }];
    const dry = batchAnswer.parse(await (await post("/v1/agents:batch?dry_run=true", cards)).json());
    const wet = batchAnswer.parse(await (await post("/v1/agents:batch", cards)).json());
    for (const { results } of [dry, wet]) {
      expect(results.map(({ name, version, status }) => [name, version, status])).toEqual([
        [good, "1.0.0", "created"],
        [bad, "1.0.0", "rejected"],
        [bare, "1.0.0", "created"],
        [bare, "1.0.1", "created"],
      ]);
    }
    expect(dry.seq).toBeNull();
    expect(wet.results[1]).toMatchObject({ code: "INVALID_DOCUMENT", issues: [{ path: "/skills" }] });
    expect((await lookUp(bare)).version).toBe("1.0.1");
  });
});

describe("an agent's health", () => {
  it("is unknown until it was asked, and says so", async () => {
    const name = anAgentName("fresh");
    await publishTo("/v1/agents", aCard(name, { url: "https://fresh.example.com/a2a" }));
    const response = await read(`/v1/agents/${name}/health`);
    expect(agentHealth.parse(await response.json())).toEqual({
      name,
      version: "1.0.0",
      url: "https://fresh.example.com/a2a",
      state: "unknown",
      checked_at: null,
      changed_at: null,
      latency_ms: null,
      message: "it was not asked yet",
      failures: 0,
    });
  });

  it("of an agent that is not there is 404", async () => {
    expect((await refusalOf(await read("/v1/agents/nobody-at-all/health"), 404)).code).toBe("NAME_NOT_FOUND");
  });
});
