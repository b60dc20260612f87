import { describe, expect, it } from "vitest";
import { batchAnswer } from "../../src/contract/artifact/registration.ts";
import { ask, read, refusalOf } from "./a-registry.ts";
import { anAgentName, aWorkflow, post, publishTo } from "./an-agent.ts";

describe("a workflow", () => {
  it("is registered under its id and version, served as it was written, and listed", async () => {
    const name = anAgentName("flow");
    const document = aWorkflow(name, { error_handling: { on_error: "continue" } });
    expect(await publishTo("/v1/workflows", document)).toMatchObject({ kind: "workflow", name, version: "1.0.0" });
    const found = await read(`/v1/workflows/${name}`);
    expect(await found.json()).toMatchObject({ kind: "workflow", name, version: "1.0.0", document });
    const listed = await read(`/v1/workflows?q=${name}`);
    expect(await listed.json()).toMatchObject({ items: [{ name, title: `The ${name}` }] });
  });

  it("as seed YAML keeps its text", async () => {
    const name = anAgentName("text");
    const text = `metadata:\n  id: ${name}\n  name: Test\n  version: 1.0.0\nsteps:\n  - id: step1\n    skill: test_skill\n`;
    const response = await ask("POST", "/v1/workflows", { body: text, type: "application/yaml" });
    expect(response.status).toBe(201);
    const source = await read(`/v1/workflows/${name}`, { Accept: "application/yaml" });
    expect(new TextDecoder().decode(await source.arrayBuffer())).toBe(text);
  });

  it("that is wrong is 422 with all that is wrong, and its place", async () => {
    const text = "metadata: {id: Flow, name: Flow}\nsteps: []\nstep: 1\n";
    const response = await ask("POST", "/v1/workflows", { body: text, type: "application/yaml" });
    const { issues } = await refusalOf(response, 422);
    expect(issues.filter((issue) => issue.severity === "error").map(({ path, line }) => [path, line])).toEqual([
      ["/metadata/version", 1],
      ["/metadata/id", 1],
      ["/steps", 2],
      ["/step", 3],
    ]);
  });

  it("in a batch with others has its own result", async () => {
    const [first, second] = [anAgentName("one"), anAgentName("two")];
    const response = await post("/v1/workflows:batch", [aWorkflow(first), { steps: [] }, aWorkflow(second)]);
    const { results } = batchAnswer.parse(await response.json());
    expect(results.map(({ name, status }) => [name, status])).toEqual([
      [first, "created"],
      [null, "rejected"],
      [second, "created"],
    ]);
  });
});
