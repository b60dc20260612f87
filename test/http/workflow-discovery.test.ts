import { expect, it } from "vitest";
import { cataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { pushed } from "./a-pushed-artifact.ts";
import { ask, askJson, read } from "./a-registry.ts";
import { aFlow, callsOf, publishFlow } from "./a-workflow.ts";
import { anAgentName } from "./an-agent.ts";

const yamlless = { mediaType: "application/json", file: "flow.json" };

it("workflows are found by their words and tags, with all that is told of them, without their documents", async () => {
  const word = anAgentName("zebra").replaceAll("-", "");
  const metadata = {
    name: `Counts ${word}`,
    description: "Counts them one by one.",
    tags: [word, "animals"],
    category: "zoo",
    author: "ann",
  };
  const name = await publishFlow({ metadata, steps: callsOf("whoever") });
  for (const query of [`q=${word}`, `tag=${word}`, `category=zoo&tag=${word}`]) {
    const response = await read(`/v1/workflows?${query}`);
    const { items } = cataloguePage.parse(await response.json());
    expect(items, query).toMatchObject([
      {
        kind: "workflow",
        name,
        version: "1.0.0",
        title: metadata.name,
        description: metadata.description,
        category: "zoo",
        author: "ann",
        tags: [word, "animals"],
        state: "live",
      },
    ]);
    expect(items[0]).not.toHaveProperty("document");
  }
});

it("a list tells the latest version, and what that one says", async () => {
  const word = anAgentName("heron").replaceAll("-", "");
  const name = await publishFlow({ metadata: { tags: [word], name: "First" }, steps: callsOf("whoever") });
  await publishFlow({ name, version: "1.1.0", metadata: { tags: [word], name: "Second" }, steps: callsOf("whoever") });
  const { items } = cataloguePage.parse(await (await read(`/v1/workflows?tag=${word}`)).json());
  expect(items).toMatchObject([{ name, version: "1.1.0", title: "Second" }]);
});

it("a tag that is pushed again is seen at once where it was pushed", async () => {
  const { name, document } = aFlow({ steps: callsOf("whoever") });
  const next = aFlow({ name, version: "1.1.0", steps: callsOf("whoever", "another") }).document;
  await pushed(`workflows/${name}`, "stable", JSON.stringify(document), yamlless);
  const first = await read(`/v1/workflows/${name}@stable`);
  expect(await first.json()).toMatchObject({ version: "1.0.0", document });
  await pushed(`workflows/${name}`, "stable", JSON.stringify(next), yamlless);
  const second = await read(`/v1/workflows/${name}@stable`);
  expect(await second.json()).toMatchObject({ version: "1.1.0", document: next });
});

it("a tag that is moved is what runs, skills and lookups mean from then on", async () => {
  const name = await publishFlow({ steps: callsOf("whoever") });
  await publishFlow({ name, version: "1.1.0", steps: callsOf("whoever", "another") });
  for (const version of ["1.0.0", "1.1.0", "1.0.0"]) {
    const moved = await askJson("PUT", `/v1/workflows/${name}/tags/canary`, { version });
    expect(moved.status).toBe(200);
    expect(await (await read(`/v1/workflows/${name}@canary`)).json()).toMatchObject({ version });
    expect(
      await (await ask("GET", `/v1/skills/${encodeURIComponent(`workflow/${name}@canary`)}`)).json(),
    ).toMatchObject({
      chosen: { version },
    });
  }
});
