import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { displayWidth } from "../../../../src/cli/terminal/display-width.ts";
import { railsLegend, renderGraph } from "../../../../src/cli/terminal/workflow/render-graph.ts";
import { workflowMermaid } from "../../../../src/cli/terminal/workflow/workflow-mermaid.ts";
import { outlineWorkflow } from "../../../../src/domain/workflow-graph/outline-workflow.ts";
import { aWorkflow, everyType } from "../../../domain/workflow-graph/a-workflow.ts";

const colors = pc.createColors(false);
const drawn = (steps: string, width = 80) => renderGraph(outlineWorkflow(aWorkflow(steps)), width, colors);

describe("the drawing of a workflow", () => {
  test("shows every type of step, with what it does below each other", () => {
    expect(drawn(everyType).join("\n")).toBe(
      `├─ prepare        at the same time
│  ╞═ news        collect_news
│  │              3 attempts; within 2 min
│  ╘═ style       one after the other
│     ├─ samples  find_samples
│     └─ learn    learn_style
├─ choose         switch on workflow.input.kind
│  ├─ case very long:
│  │  └─ outline  make_outline
│  └─ default:
│     └─ outline  make_short_outline
├─ write          for each person of workflow.input.people
│  │              at most 4 at the same time
│  └─ letter      write_letter
├─ ask            asks: Send them?
│                 answered by editor; within 3 d
└─ send           the workflow that workflow.input.sender names
                  when steps.ask.outputs.approved; undone by unsend`,
    );
  });

  test("is as wide as it may be, also where it is deep and its words are long", () => {
    const condition = Array.from({ length: 30 }, (_, at) => `workflow.input.value_${at} > ${at}`).join(" && ");
    let steps = `[{ id: innermost, skill: ${"long_".repeat(20)}name, condition: "${condition}" }]`;
    for (let depth = 7; depth > 0; depth--) {
      steps = `[{ id: outer_step_${depth}, step_type: sequential, branches: { steps: ${steps} } }]`;
    }
    for (const width of [60, 80, 120]) {
      for (const line of drawn(steps, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  test("moves nobody's cursor", () => {
    const text = drawn('[{ id: ask, step_type: approval, message: "a\\u001b[2J\\u202eb\\nc" }]').join("\n");
    expect(text).toBe("└─ ask  asks: a [2J b c");
  });

  test("explains its double rails where there are some", () => {
    expect(railsLegend(outlineWorkflow(aWorkflow(everyType)))).toContain("at the same time");
    expect(railsLegend(outlineWorkflow(aWorkflow("[{ id: a, skill: b }]")))).toBeNull();
  });
});

describe("the Mermaid flowchart of a workflow", () => {
  test("leads through every branch, and past what may be skipped", () => {
    const steps = `
- { id: test, skill: run_tests }
- { id: mend, step_type: conditional, condition: "!steps.test.outputs.ok", branches: { if_true: [{ id: fix, skill: fix_code }] } }
- id: both
  step_type: parallel
  branches: { steps: [{ id: a, skill: x }, { id: b, skill: y }] }`;
    expect(workflowMermaid(aWorkflow(steps, { inputs: { code: { type: "string" } } }))).toBe(`flowchart TD
  begin(["code"])
  s1["test<br/>run_tests"]
  s2{"mend<br/>if !steps.test.outputs.ok"}
  s3["fix<br/>fix_code"]
  s4[/"both<br/>at the same time"\\]
  s5["a<br/>x"]
  s6["b<br/>y"]
  done(["ends"])
  begin --> s1
  s1 --> s2
  s2 -->|"then"| s3
  s3 --> s4
  s2 -->|"else"| s4
  s4 --> s5
  s4 --> s6
  s5 --> done
  s6 --> done`);
  });

  test("has every text between quotes, with nothing in it that Mermaid would take for its own", () => {
    const message = '"]) --> x; %%{init}%% #quot; <script> `**b**` $$x$$ & \\\\ end\\nsubgraph';
    const text = workflowMermaid(aWorkflow(`[{ id: end, step_type: approval, message: '${message}' }]`));
    const node = text.split("\n").find((line) => line.includes("s1{{")) ?? "";
    const [, label = ""] = /^ {2}s1\{\{"(.*)"\}\}$/.exec(node) ?? [];
    expect(label).toMatch(/^end<br\/>asks: /);
    expect(label.replace("<br/>", "").replaceAll(/#\d+;/g, "")).not.toMatch(/["<>&%$`\\#]/);
  });

  test("draws a map's steps in a frame, and every step once", () => {
    const text = workflowMermaid(aWorkflow(everyType));
    expect(text).toMatch(
      /subgraph s9f\[" "\]\n {4}s9\[\["write<br\/>[^\n]*\n {4}s10\["letter<br\/>write_letter"\]\n {2}end/,
    );
    const declared = [...text.matchAll(/^ *(s\d+)[[({]/gm)].map(([, name]) => name);
    expect(new Set(declared).size).toBe(12);
    expect(declared).toHaveLength(12);
  });
});
