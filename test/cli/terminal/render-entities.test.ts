import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { addressOf } from "../../../src/cli/terminal/entity-words.ts";
import { lineageMermaid } from "../../../src/cli/terminal/lineage-mermaid.ts";
import { renderEntity } from "../../../src/cli/terminal/render-entity.ts";
import { renderLineage } from "../../../src/cli/terminal/render-lineage.ts";
import { entity } from "../../../src/contract/entity/entity.ts";
import { type Lineage, lineage } from "../../../src/contract/entity/lineage.ts";
import { at } from "../runs/a-run.ts";

const colors = pc.createColors(false);
const idOf = (n: number) => `0199b2c4-8d6e-7c3a-9f10-00000000000${n}`;
const template = { kind: "template", name: "image_resize", version: "1.0.0", digest: `sha256:${"1".repeat(64)}` };

function summary(n: number, role: "input" | "output" | "external") {
  const type = role === "external" ? { role, label: 'a "photo"' } : { role, ...template };
  return {
    ecs_id: idOf(n),
    lineage_id: idOf(n),
    lineage_version: 1,
    created_at: at(n),
    type,
    data_bytes: 10,
    derived_from_run: role === "output" ? idOf(9) : null,
    output_index: role === "output" ? 0 : null,
  };
}

const noPaths = { from_path: null, to_path: null, run_id: null };

/** The output 1 was made of the input 2, which borrowed twice from the photo 3, and so did the output's sibling 4. */
const graph: Lineage = lineage.parse({
  root: idOf(1),
  direction: "ancestors",
  depth: 5,
  entities: [summary(1, "output"), summary(2, "input"), summary(3, "external"), summary(4, "output")],
  edges: [
    { ...noPaths, from: idOf(2), to: idOf(1), how: "run", run_id: idOf(9) },
    { ...noPaths, from: idOf(3), to: idOf(2), how: "borrowed", from_path: "/photo", to_path: "/image" },
    { ...noPaths, from: idOf(3), to: idOf(2), how: "borrowed", from_path: "/sizes/0", to_path: "/width" },
    { ...noPaths, from: idOf(4), to: idOf(2), how: "borrowed", from_path: "/height", to_path: "/height" },
    { ...noPaths, from: idOf(3), to: idOf(4), how: "version" },
  ],
  runs: [
    { id: idOf(9), state: "succeeded", kind: "template", name: "image_resize", version: "1.0.0", created_at: at(0) },
  ],
  truncated: false,
});

describe("lineage", () => {
  test("is drawn as a tree that says how each came to be, what occurs again is told once", () => {
    expect(renderLineage(graph, colors).split("\n")).toEqual([
      "output of image_resize 1.0.0  00000001",
      "└─ input of image_resize 1.0.0  00000002  by run 00000009 (image_resize 1.0.0, succeeded)",
      '   ├─ external “a "photo"”  00000003  .image ← .photo, .width ← .sizes[0]',
      "   └─ output of image_resize 1.0.0  00000004  .height ← .height",
      '      └─ external “a "photo"”  00000003  version before',
    ]);
  });

  test("goes the other way for descendants, and both ways for both", () => {
    const down = renderLineage({ ...graph, root: idOf(3), direction: "descendants" }, colors).split("\n");
    expect(down[0]).toContain("00000003");
    expect(down[1]).toContain("00000002  .photo → .image, .sizes[0] → .width");
    expect(down.at(-1)).toContain("(its branch is above)");
    const both = renderLineage({ ...graph, direction: "both", truncated: true }, colors);
    expect(both).toMatch(/^made of\n[\s\S]*\n\nused by\n[\s\S]*--depth 10 goes further$/);
  });

  test("that goes in a circle is drawn to an end", () => {
    const circle = {
      ...graph,
      edges: [...graph.edges, { ...noPaths, from: idOf(1), to: idOf(3), how: "version" as const }],
    };
    expect(renderLineage(circle, colors).split("\n").length).toBeLessThan(12);
  });

  test("is a Mermaid flowchart whose texts cannot end early", () => {
    const chart = lineageMermaid(graph);
    expect(chart).toContain('n2["external “a #quot;photo#quot;”<br/>00000003"]');
    expect(chart).toContain('n1 -->|"run 00000009, succeeded"| n0');
    expect(chart).toContain('n2 -.->|".photo → .image"| n1');
  });
});

test("an entity shows the source of each value beside it", () => {
  const found = entity.parse({
    ...summary(2, "input"),
    previous_ecs_id: null,
    root_ecs_id: idOf(2),
    created_by: "admin",
    forked_at: null,
    data: { image: "sha256:ab", tags: ["a", "b"], size: { width: 256 }, none: {} },
    data_digest: null,
    untyped_data: {},
    attribute_source: { image: `@${idOf(3)}.photo`, tags: [null, `@${idOf(3)}.tag`], size: { width: null } },
    derived_from_function: null,
    derived_from_run: null,
    siblings: [],
  });
  const lines = renderEntity(found, colors).split("\n");
  expect(lines[0]).toBe("input of image_resize 1.0.0");
  expect(lines.slice(-7)).toEqual([
    `image    sha256:ab  ← @${idOf(3)}.photo`,
    "tags",
    "  [0]    a",
    `  [1]    b          ← @${idOf(3)}.tag`,
    "size",
    "  width  256",
    "none     {}",
  ]);
});

test("a pointer is told as an address", () => {
  expect(["", "/a", "/a/0/b", "/a~1b", "/a b/0"].map(addressOf)).toEqual([
    "(all)",
    ".a",
    ".a[0].b",
    '["a/b"]',
    '["a b"][0]',
  ]);
});
