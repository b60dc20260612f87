import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { goTool } from "../conformance/go-tools.ts";
import { codeGeneration, planAgent } from "./support/oci-examples.ts";
import { ociProgram } from "./support/oci-program.ts";
import { lookUpServed } from "./support/published.ts";
import { startNpm } from "./support/start-npm.ts";

const program = await goTool("oras");
const workflowFile = `workflows/${codeGeneration.file}`;
const files = {
  [workflowFile]: codeGeneration.source,
  "workflows/smart-router.yaml": codeGeneration.source.replaceAll("code-generation", "smart-router"),
  "agents/plan.json": planAgent.source,
};

test.skipIf(program === null)(
  "the seed's commands work against npm start, without a login and with one: push, pull, listing, discovery",
  async () => {
    const stateDir = temporaryFolder();
    const registry = startNpm({ PORT: "0", STATE_DIR: stateDir });
    const { port } = new URL(await registry.ready());
    const url = `http://localhost:${port}`;
    const host = `localhost:${port}`;
    const anyone = ociProgram(program ?? "", files);
    const user = ociProgram(program ?? "", files);
    await user.ok(["login", host, "-u", "me", "--password-stdin"], {
      input: readFileSync(join(stateDir, "admin-token"), "utf8").trim(),
    });

    for (const oras of [anyone, user]) {
      await oras.ok(["push", `${host}/workflows/code-generation:v1`, `${workflowFile}:application/yaml`]);
      await oras.ok(["push", `${host}/workflows/smart-router:v1`, "workflows/smart-router.yaml:application/yaml"]);
      await oras.ok(["push", `${host}/agents/plan:v1`, "agents/plan.json:application/json"]);

      const catalog: { repositories: string[] } = await (await fetch(`${url}/v2/_catalog`)).json();
      expect(catalog.repositories.filter((name) => name.startsWith("workflows/"))).toEqual(
        expect.arrayContaining(["workflows/code-generation", "workflows/smart-router"]),
      );
      const listed = (await oras.ok(["repo", "ls", host])).split("\n");
      expect(listed).toEqual(
        expect.arrayContaining(["agents/plan", "templates/image_generation", "functions/numpy.sharpen"]),
      );
      const tags = (await oras.ok(["repo", "tags", `${host}/workflows/code-generation`])).split("\n");
      expect(tags).toEqual(expect.arrayContaining([codeGeneration.version, "latest", "v1"]));
      await oras.ok(["pull", `${host}/workflows/code-generation:v1`, "-o", "out"]);
      expect(readFileSync(join(oras.home, "out", workflowFile), "utf8")).toBe(codeGeneration.source);
      const manifest = JSON.parse(await oras.ok(["manifest", "fetch", `${host}/workflows/code-generation:v1`]));
      expect(manifest.layers[0].annotations["org.opencontainers.image.title"]).toBe(workflowFile);
      await oras.ok(["discover", `${host}/workflows/code-generation:v1`]);
      // What came with `npm start` was never pushed, and is pulled all the same.
      await oras.ok(["pull", `${host}/templates/image_generation:latest`, "-o", "out"]);
    }
    const byTag = await lookUpServed(url, codeGeneration, "code-generation@v1");
    expect(byTag.artifact).toMatchObject({ kind: "workflow", version: codeGeneration.version, state: "live" });
    expect(byTag.source).toBe(codeGeneration.source);
    const card = await lookUpServed(url, planAgent, "plan@v1");
    expect(card.artifact.document).toMatchObject({ name: "Plan agent", skills: [{ id: "create_plan" }] });
    const skill = await (await fetch(`${url}/v1/skills/create_plan`)).text();
    expect(skill).toContain("plan");
  },
);
