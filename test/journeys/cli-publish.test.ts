import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";

const { cli, json } = cliRegistry();

const child = `template:
  id: jcp_child
  version: 1.0.0
  name: Child
  description: Extends the base.
  extends: jcp_base@^1
`;

describe("publish", () => {
  test("registers a folder, parents first, and changes nothing the second time", async () => {
    const cwd = temporaryFolder({ "a-child.yaml": child, "z-base.yaml": templateSource("jcp_base", "1.0.0") });
    const planned = await json(["plan", "."], cwd);
    expect(planned).toMatchObject({ dry_run: true, counts: { created: 2, unchanged: 0, rejected: 0 } });
    const first = await cli(["publish", "."], cwd);
    expect(first.stderr).toBe("");
    expect(first.stdout).toContain("created    jcp_child 1.0.0  a-child.yaml");
    expect(first.stdout).toContain("2 created, 0 unchanged, 0 rejected");
    expect(await json(["publish", "."], cwd)).toMatchObject({ counts: { created: 0, unchanged: 2 } });
  });

  test("places the registry's findings in the file, and goes on with the other documents", async () => {
    const bad = `# first\n${templateSource("jcp_good", "1.0.0")}---\n${templateSource("jcp_bad", "1.0.0").replace("max_length", "max_lenght")}`;
    const cwd = temporaryFolder({ "all.yaml": bad });
    const run = await cli(["publish", "all.yaml"], cwd);
    expect(run.exitCode).toBe(1);
    const line = bad.split("\n").findIndex((text) => text.includes("max_lenght")) + 1;
    expect(run.stdout).toContain(`all.yaml:${line}:`);
    expect(run.stdout).toContain("unknown_key");
    expect(run.stdout).toContain("1 created, 0 unchanged, 1 rejected");
  });

  test("refuses other content under a published version, and a change that the number does not tell", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jcp_changed", "1.0.0") });
    await json(["publish", "."], cwd);
    writeFileSync(join(cwd, "t.yaml"), templateSource("jcp_changed", "1.0.0").replace("100", "200"));
    expect(await json(["publish", "."], cwd, 4)).toMatchObject({ results: [{ code: "VERSION_TAKEN" }] });
    writeFileSync(join(cwd, "t.yaml"), templateSource("jcp_changed", "1.0.1").replace("100", "50"));
    const plan = await cli(["plan", "."], cwd);
    expect(plan.exitCode).toBe(4);
    expect(plan.stdout).toContain("breaking");
    writeFileSync(join(cwd, "t.yaml"), templateSource("jcp_changed", "1.1.0").replace("100", "200"));
    const minor = await json(["plan", "."], cwd);
    expect(minor).toMatchObject({ results: [{ status: "created", comparison: { against: "1.0.0", bump: "minor" } }] });
  });

  test("sends more documents than fit one request, each child with or after its parent", async () => {
    const base = templateSource("jcp_many_base", "1.0.0");
    const children = Array.from({ length: 120 }, (_, i) =>
      child.replace("jcp_child", `jcp_many_${i}`).replace("jcp_base", "jcp_many_base"),
    );
    const cwd = temporaryFolder({ "a.yaml": children.join("---\n"), "b.yaml": base });
    expect(await json(["publish", "."], cwd)).toMatchObject({ counts: { created: 121, rejected: 0 } });
  }, 60_000);

  test("needs a token", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jcp_token", "1.0.0") });
    const run = await cli(["publish", ".", "--token", "wrong"], cwd);
    expect(run.exitCode).toBe(5);
  });

  test("answers a seq, from which a later command reads its write", async () => {
    const cwd = temporaryFolder({ "t.yaml": templateSource("jcp_seq", "1.0.0") });
    const published = await json(["publish", "."], cwd);
    const seq = String(Reflect.get(Object(published), "seq"));
    expect(seq).toMatch(/^\d+$/);
    expect(await json(["show", "jcp_seq", "--min-seq", seq], cwd)).toMatchObject({ version: "1.0.0" });
  });
});

test("validate --online takes a parent from the registry, and tells when there is none", async () => {
  const cwd = temporaryFolder({
    "base.yaml": templateSource("jcp_online", "1.0.0"),
    "child.yaml": child.replace("jcp_base", "jcp_online"),
    "orphan.yaml": child.replace("jcp_base", "jcp_nowhere"),
  });
  await json(["publish", "base.yaml"], cwd);
  expect(await json(["validate", "child.yaml", "--online"], cwd)).toMatchObject({ valid: true, warnings: 0 });
  const orphan = await cli(["validate", "orphan.yaml", "--online"], cwd);
  expect(orphan.exitCode).toBe(1);
  expect(orphan.stdout).toContain("parent_not_found");
});
