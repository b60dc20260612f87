import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { aDocument, change, publish, read, refusalOf } from "./a-registry.ts";
import { aFunctionName, aFunctionText, publishSource } from "./a-source.ts";
import { aCard, anAgentName, askSkill, aWorkflow, publishTo, setHealth } from "./an-agent.ts";

/** Publishes an agent that offers a skill; answers its name. */
async function anAgentOf(skill: string, parts: Record<string, unknown> = {}, word = "agent"): Promise<string> {
  const name = anAgentName(word);
  await publishTo("/v1/agents", aCard(name, { skills: [{ id: skill }, { id: "other" }], ...parts }));
  return name;
}

describe("who answers to a skill", () => {
  it("is a function, a template or a workflow of that very name", async () => {
    const entry = aFunctionName("skill");
    await publishSource(aFunctionText(entry));
    expect((await askSkill(`python.${entry}@^1`)).chosen).toMatchObject({
      kind: "function",
      name: `python.${entry}`,
      version: "1.0.0",
      state: "live",
      url: null,
      health: null,
      labels: null,
    });
    const workflow = anAgentName("workflow");
    await publishTo("/v1/workflows", aWorkflow(workflow));
    expect((await askSkill(workflow)).chosen).toMatchObject({ kind: "workflow", name: workflow });
  });

  it("is of several kinds the one that the documented order says, and a kind can be asked for", async () => {
    const skill = `shared${crypto.randomUUID().slice(0, 8)}`;
    const agent = await anAgentOf(skill);
    await publishTo("/v1/workflows", aWorkflow(skill));
    await publish(aDocument(skill));
    const { chosen, candidates } = await askSkill(skill);
    expect(candidates.map(({ kind, name }) => [kind, name])).toEqual([
      ["template", skill],
      ["workflow", skill],
      ["agent", agent],
    ]);
    expect(chosen).toEqual(candidates[0]);
    expect((await askSkill(`workflow%2F${skill}`)).candidates.map(({ kind }) => kind)).toEqual(["workflow"]);
    expect((await askSkill(`agent%2F${skill}`)).chosen.name).toBe(agent);
  });

  it("is of agents a healthy one first, then the highest version, then the first by name", async () => {
    const skill = anAgentName("skill");
    const high = await anAgentOf(skill, { version: "2.0.0" }, "high");
    const sick = await anAgentOf(skill, { version: "3.0.0" }, "sick");
    const b = await anAgentOf(skill, { version: "1.0.0" }, "b");
    const a = await anAgentOf(skill, { version: "1.0.0" }, "a");
    const namesNow = async () => (await askSkill(skill)).candidates.map(({ name }) => name);
    expect(await namesNow()).toEqual([sick, high, a, b]);
    await setHealth(env.DB, sick, `https://${sick}.test`, "unhealthy");
    await setHealth(env.DB, b, `https://${b}.test`, "healthy");
    expect(await namesNow()).toEqual([b, high, a, sick]);
    expect((await askSkill(skill)).chosen).toMatchObject({ name: b, health: { state: "healthy" }, labels: {} });
  });

  it("is an agent only if the card that the selector means has the skill", async () => {
    const skill = anAgentName("dropped");
    const name = await anAgentOf(skill);
    await publishTo("/v1/agents", aCard(name, { version: "1.1.0", skills: [{ id: "other" }] }));
    expect((await refusalOf(await read(`/v1/skills/${skill}`), 404)).code).toBe("VERSION_NOT_FOUND");
    expect((await askSkill(`${skill}@1.0.0`)).chosen).toMatchObject({ name, version: "1.0.0" });
    expect((await askSkill(`${skill}@~1.0.0`)).chosen.version).toBe("1.0.0");
    await change("POST", `/v1/agents/${name}/versions/1.1.0:yank`);
    expect((await askSkill(skill)).chosen.version).toBe("1.0.0");
    await change("DELETE", `/v1/agents/${name}/versions/1.0.0`);
    expect((await refusalOf(await read(`/v1/skills/${skill}`), 404)).code).toBe("NAME_NOT_FOUND");
  });

  it("is narrowed down by labels, all of them, which only agents have", async () => {
    const skill = anAgentName("labelled");
    await publishTo("/v1/workflows", aWorkflow(skill));
    const gold = await anAgentOf(skill, { labels: { tier: "gold", region: "eu:north" } });
    await anAgentOf(skill, { labels: { tier: "gold" } });
    expect((await askSkill(skill, "?label=tier:gold")).candidates).toHaveLength(2);
    const both = await askSkill(skill, "?label=tier:gold&label=region:eu:north");
    expect(both.candidates).toMatchObject([{ name: gold, labels: { tier: "gold", region: "eu:north" } }]);
    const none = await refusalOf(await read(`/v1/skills/${skill}?label=tier:lead`), 404);
    expect(none.detail).toContain("3 answer to the skill");
    await refusalOf(await read(`/v1/skills/${skill}?label=tier`), 400);
  });

  it("comes in pages, each exactly after the one before", async () => {
    const skill = anAgentName("paged");
    const names: string[] = [];
    for (let at = 0; at < 5; at++) names.push(await anAgentOf(skill, { version: `1.${at % 2}.0` }));
    const seen: string[] = [];
    let query = "?limit=2";
    for (;;) {
      const { candidates, chosen, next_cursor } = await askSkill(skill, query);
      seen.push(...candidates.map(({ name }) => name));
      expect(chosen.name).toBe(seen[0]);
      if (next_cursor === null) break;
      query = `?limit=2&cursor=${next_cursor}`;
    }
    expect(seen).toHaveLength(5);
    expect([...seen].sort()).toEqual([...names].sort());
    await refusalOf(await read(`/v1/skills/${skill}?cursor=nonsense`), 400);
  });

  it("is nobody: 404 with the skill that was probably meant", async () => {
    const skill = anAgentName("generate-report");
    await anAgentOf(skill);
    const told = await refusalOf(await read(`/v1/skills/${skill.replace("report", "reprot")}`), 404);
    expect(told).toMatchObject({ code: "NAME_NOT_FOUND" });
    expect(told.detail).toContain(`did you mean ${skill}?`);
    const range = await refusalOf(await read(`/v1/skills/${skill}@^7`), 404);
    expect(range).toMatchObject({ code: "VERSION_NOT_FOUND" });
  });

  it.each(["%20", "a@b@c", "a@", "tool%2Fx", "%E0%A4%A", "'%20OR%201", "a%00b"])(
    "%s is refused as no skill",
    async (skill) => {
      const response = await read(`/v1/skills/${skill}`);
      await response.body?.cancel();
      expect([400, 404]).toContain(response.status);
    },
  );

  it("is no template that only exists to be extended", async () => {
    const name = `abstract${crypto.randomUUID().slice(0, 8)}`;
    await publish(aDocument(name, { abstract: true }));
    expect((await refusalOf(await read(`/v1/skills/${name}`), 404)).code).toBe("VERSION_NOT_FOUND");
  });
});
