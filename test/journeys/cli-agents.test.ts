import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";

const { cli, json } = cliRegistry();

const workflow = `metadata: { id: jca-flow, name: The flow, version: 1.0.0, description: Plans and does., tags: [code] }
inputs:
  goal: { type: string, required: true }
steps:
  - id: plan
    skill: jca_plan
    inputs: { goal: "{{ workflow.input.goal }}" }
  - id: both
    step_type: parallel
    branches:
      steps:
        - { id: write, skill: jca_write }
        - { id: try_it, skill: jca_test }
  - id: route
    step_type: switch
    condition: steps.plan.outputs.steps[0]
    branches:
      small:
        - { id: quick, skill: jca_quick }
      default:
        - id: maybe
          step_type: conditional
          condition: size(steps.plan.outputs.steps) > 3
          branches:
            if_true:
              - { id: deep, skill: jca_deep }
`;

function card(id: string, version: string, team: string): string {
  return JSON.stringify({
    id,
    name: `Agent ${id}`,
    version,
    description: "Plans what is asked for.",
    url: "http://127.0.0.1:9",
    labels: { team },
    skills: [
      {
        id: "jca_plan",
        name: "Plan",
        description: "Makes a plan.",
        tags: ["planning"],
        input_schema: {
          type: "object",
          properties: { goal: { type: "string" }, depth: { type: "integer" } },
          required: ["goal"],
        },
        outputSchema: { type: "object", properties: { steps: { type: "array", items: { type: "string" } } } },
      },
      { id: `only_${id.replaceAll("-", "_")}` },
    ],
  });
}

test("publish, plan and validate take templates, sources, workflows and agent cards by what is in them", async () => {
  const cwd = temporaryFolder({
    "a/flow.yaml": workflow,
    "a/plan.json": card("jca-agent", "1.0.0", "vision"),
    "a/both.yaml": `${templateSource("jca_template", "1.0.0")}---\n${card("jca-other", "2.0.0", "speech")}\n`,
    "a/say.py": "def jca_say(text: str) -> str:\n    return text\n",
  });
  expect(await json(["validate", "a"], cwd)).toMatchObject({ valid: true, errors: 0 });
  expect(await json(["plan", "a"], cwd)).toMatchObject({ dry_run: true, counts: { created: 5, rejected: 0 } });
  const published = await json(["publish", "a"], cwd);
  expect(published).toMatchObject({ counts: { created: 5, unchanged: 0, rejected: 0 } });
  const { results } = Object(published);
  // What others refer to goes first.
  expect(results.map(({ kind, name }: { kind: string; name: string }) => `${kind}/${name}`)).toEqual([
    "template/jca_template",
    "function/python.jca_say",
    "agent/jca-other",
    "workflow/jca-flow",
    "agent/jca-agent",
  ]);
  expect(await json(["publish", "a"], cwd)).toMatchObject({ counts: { created: 0, unchanged: 5 } });
});

test("what is wrong with a workflow or a card is told offline and by the registry alike; what is neither is told so", async () => {
  const cwd = temporaryFolder({
    "flow.yaml": workflow.replace("id: quick", "id: plan"),
    "card.json": card("jca-bad", "1.0", "x"),
    "services.yaml": "services: {}\n",
  });
  const codes = ["step_duplicate", "bad_form", "unknown_document"];
  const offline = await cli(["validate", "."], cwd);
  const online = await cli(["publish", "."], cwd);
  for (const run of [offline, online]) {
    expect(run.exitCode).toBe(1);
    for (const code of codes) expect(run.stdout).toContain(code);
    expect(run.stdout).toContain("a workflow has metadata and steps; an agent card has name, url and skills");
  }
  expect(online.stdout).toContain("0 created, 0 unchanged, 3 rejected");
});

describe("workflows and agents", () => {
  test("are shown for people, and as the registry answers for programs", async () => {
    const cwd = temporaryFolder();
    const flow = await cli(["show", "jca-flow"], cwd);
    expect(flow.stdout).toContain("jca-flow 1.0.0 (live)");
    expect(flow.stdout).toContain(`  STEPS
  ├─ plan              jca_plan
  ├─ both              at the same time
  │  ╞═ write          jca_write
  │  ╘═ try_it         jca_test
  └─ route             switch on steps.plan.outputs.steps[0]
     ├─ case small:
     │  └─ quick       jca_quick
     └─ default:
        └─ maybe       if size(steps.plan.outputs.steps) > 3
           └─ then:
              └─ deep  jca_deep
`);
    const agent = await cli(["show", "agents/jca-agent"], cwd);
    expect(agent.stdout).toContain("url     http://127.0.0.1:9\n");
    expect(agent.stdout).toContain("labels  team=vision\n");
    expect(agent.stdout).toContain("takes  goal: string, depth: integer (optional)\n");
    expect(agent.stdout).toContain("gives  steps: list of string (optional)\n");
    expect(await json(["show", "agent/jca-agent@^1"], cwd)).toMatchObject({
      kind: "agent",
      document: { labels: { team: "vision" } },
    });
    const source = await cli(["show", "workflow/jca-flow", "--source"], cwd);
    expect(source.stdout).toBe(workflow);
  });

  test("have versions, tags and a life like everything else", async () => {
    const cwd = temporaryFolder({ "card.json": card("jca-agent", "1.1.0", "vision") });
    await json(["publish", "card.json"], cwd);
    expect(await json(["versions", "jca-agent"], cwd)).toMatchObject({
      versions: [{ version: "1.1.0" }, { version: "1.0.0" }],
    });
    await json(["tag", "set", "agents/jca-agent", "stable", "1.0.0"], cwd);
    expect(await json(["show", "jca-agent@stable"], cwd)).toMatchObject({ version: "1.0.0" });
    await json(["deprecate", "agent/jca-agent@1.0.0", "--message", "use 1.1"], cwd);
    expect(await json(["show", "agent/jca-agent@stable"], cwd)).toMatchObject({ state: "deprecated" });
    await json(["yank", "workflow/jca-flow@1.0.0"], cwd);
    await json(["restore", "workflow/jca-flow@1.0.0"], cwd);
    writeFileSync(join(cwd, "gone.json"), card("jca-gone", "1.0.0", "x"));
    await json(["publish", "gone.json"], cwd);
    await json(["delete", "agent/jca-gone@1.0.0", "--yes"], cwd);
    expect((await cli(["show", "agent/jca-gone"], cwd)).exitCode).toBe(3);
  });

  test("are listed and searched by kind", async () => {
    const cwd = temporaryFolder();
    expect((await cli(["list", "workflows"], cwd)).stdout).toMatch(/^NAME .*\njca-flow +1\.0\.0 +live/);
    expect(await json(["list", "--kind", "agent"], cwd)).toMatchObject({
      items: [{ name: "jca-agent" }, { name: "jca-other" }],
    });
    expect(await json(["search", "plans", "--kind", "workflow"], cwd)).toMatchObject({ items: [{ name: "jca-flow" }] });
    const nowhere = await cli(["show", "jca-nowhere"], cwd);
    expect(nowhere.exitCode).toBe(3);
    expect(nowhere.stderr).toContain("nor is there an agent of that name");
  });
});

describe("agents", () => {
  test("tells each with its health, its address and its skills; of one, the card", async () => {
    const cwd = temporaryFolder();
    const list = await cli(["agents"], cwd);
    expect(list.stdout).toMatch(
      /^NAME +VERSION +STATE +HEALTH +URL +SKILLS\njca-agent +1\.1\.0 +live +unknown +http:\/\/127\.0\.0\.1:9 +jca_plan, only_jca_agent\n/,
    );
    expect(await json(["agents"], cwd)).toMatchObject({
      items: [{ name: "jca-agent", labels: { team: "vision" }, health: { state: "unknown" } }, { name: "jca-other" }],
      next_cursor: null,
    });
    expect((await cli(["agents", "jca-other"], cwd)).stdout).toContain("labels  team=speech");
    expect(await json(["agents", "agent/jca-other@2.0.0"], cwd)).toMatchObject({
      version: "2.0.0",
      health: { state: "unknown" },
    });
  });
});

describe("skills", () => {
  test("tells every skill and who answers to it", async () => {
    const cwd = temporaryFolder();
    const all = await cli(["skills"], cwd);
    expect(all.stdout).toMatch(/^jca-flow +workflow jca-flow 1\.0\.0$/m);
    expect(all.stdout).toMatch(/^jca_plan +agent jca-other 2\.0\.0 \(unknown\), agent jca-agent 1\.1\.0 \(unknown\)$/m);
    expect(all.stdout).toMatch(/^python\.jca_say +function python\.jca_say /m);
    expect(await json(["skills", "--label", "team:vision"], cwd)).toEqual({
      items: [
        expect.objectContaining({ skill: "jca_plan", answers: [expect.objectContaining({ name: "jca-agent" })] }),
        expect.objectContaining({ skill: "only_jca_agent" }),
      ],
    });
  });

  test("tells who is chosen for one, among which candidates", async () => {
    const cwd = temporaryFolder();
    const run = await cli(["skills", "jca_plan"], cwd);
    expect(run.stdout).toContain("jca_plan is answered by agent jca-other 2.0.0, the first of 2 candidates");
    expect(await json(["skills", "jca_plan@^1"], cwd)).toMatchObject({
      chosen: { name: "jca-agent", version: "1.1.0" },
    });
    expect(await json(["skills", "jca_plan", "--label", "team=vision"], cwd)).toMatchObject({
      chosen: { name: "jca-agent" },
      candidates: [{ name: "jca-agent" }],
    });
    expect((await cli(["skills", "jca_plen"], cwd)).exitCode).toBe(3);
  });
});
