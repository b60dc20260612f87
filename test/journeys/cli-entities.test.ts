import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { entity } from "../../src/contract/entity/entity.ts";
import { runnerList } from "../../src/contract/http/runners.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { outputOf, runsRegistry } from "./support/runs-registry.ts";

const { cli, json, ran } = runsRegistry();

describe("entities", () => {
  test("are made from values and files, shown with their sources, and read value by value", async () => {
    const cwd = temporaryFolder({ "plate.csv": "a,b\n1,2\n", "more.yaml": "name: plate 7\nexposure: 0.1\n" });
    const made = entity.parse(
      await json(
        [
          "entities",
          "create",
          "--data",
          "more.yaml",
          "-i",
          "exposure=0.4",
          "-i",
          "table=@plate.csv",
          "--label",
          "plate",
        ],
        cwd,
      ),
    );
    expect(made.data).toMatchObject({ name: "plate 7", exposure: 0.4, table: expect.stringMatching(/^sha256:/) });
    const borrowed = entity.parse(
      await json(["entities", "create", "-i", `by=@${made.ecs_id}.exposure`, "-i", 'tags=["x"]'], cwd),
    );
    const shown = await cli(["entities", "show", borrowed.ecs_id.slice(-8)], cwd);
    expect(shown.stdout).toMatch(new RegExp(`^external\\naddress +@${borrowed.ecs_id}\n`));
    expect(shown.stdout).toContain(`by     0.4  ← @${made.ecs_id}.exposure`);
    expect((await cli(["entities", "value", `@${made.ecs_id}.name`], cwd)).stdout).toBe("plate 7\n");
    expect((await cli(["entities", "value", `@${borrowed.ecs_id}`], cwd)).stdout).toContain('"by": 0.4');
    expect((await cli(["entities", "value", `@${borrowed.ecs_id}.nothing`], cwd)).exitCode).not.toBe(0);
    expect((await cli(["entities", "list", "--role", "external", "--name", "plate"], cwd)).stdout).toMatch(
      new RegExp(`^ID .*\n${made.ecs_id.slice(-8)} +external “plate” +1 `),
    );
  });

  test("get versions, which are compared", async () => {
    const cwd = temporaryFolder();
    const first = entity.parse(await json(["entities", "create", "-i", "a=1", "-i", "b=2"], cwd));
    const second = entity.parse(await json(["entities", "create", "--version-of", first.ecs_id, "-i", "a=3"], cwd));
    expect(second.lineage_version).toBe(2);
    const compared = await cli(["entities", "compare", first.ecs_id, second.ecs_id], cwd);
    expect(compared.stdout).toMatch(/of one lineage\nWHAT +WHERE +FROM +TO\n/);
    expect(compared.stdout).toMatch(/changed +\/a +1 +3/);
    expect(compared.stdout).toMatch(/removed +\/b +2/);
    expect((await cli(["entities", "compare", first.ecs_id, first.ecs_id], cwd)).stdout).toContain("equal");
    const versions = await cli(["entities", "versions", first.ecs_id], cwd);
    expect(versions.stdout.trim().split("\n")).toHaveLength(3);
    const stale = await cli(["entities", "create", "--version-of", first.ecs_id, "-i", "a=4"], cwd);
    expect(stale.exitCode).toBe(4);
  });

  test("of a run lead back to what they were made of, in both directions", async () => {
    const cwd = temporaryFolder();
    const made = entity.parse(await json(["entities", "create", "-i", "word=tree"], cwd));
    const { entity: output } = outputOf(await ran(["jcr_shout", "-i", `text=@${made.ecs_id}.word`]));
    const up = await cli(["entities", "lineage", output], cwd);
    expect(up.stdout).toMatch(
      /^output of jcr_shout 1\.0\.0 .*\n└─ input of jcr_shout 1\.0\.0 .* by run .*succeeded\)\n {3}└─ external .*\.text ← \.word\n$/,
    );
    const down = await cli(["entities", "lineage", made.ecs_id, "--direction", "descendants"], cwd);
    expect(down.stdout).toMatch(/^external .*\n└─ input .*\.word → \.text\n {3}└─ output /);
    expect((await cli(["entities", "lineage", output, "--mermaid"], cwd)).stdout).toMatch(/^flowchart TD\n {2}n0\[/);
    expect((await cli(["runs", "--entity", made.ecs_id], cwd)).stdout).toContain("jcr_shout 1.0.0");
  });
});

describe("files", () => {
  test("large and small are sent once and come back as they were", async () => {
    const cwd = temporaryFolder({ "small.txt": "small" });
    const large = Buffer.alloc(20 * 1024 * 1024, "0123456789abcdef-");
    writeFileSync(join(cwd, "large.bin"), large);
    const digest = `sha256:${createHash("sha256").update(large).digest("hex")}`;
    const put = await cli(["files", "put", "small.txt", "large.bin"], cwd);
    expect(put.stdout).toMatch(
      /FILE +SIZE +TYPE +DIGEST\nsmall\.txt +5 B +text\/plain +sha256:\w+\nlarge\.bin +20 MiB /,
    );
    expect(put.stdout).toContain(digest);
    expect(await json(["files", "put", "large.bin"], cwd)).toMatchObject({ items: [{ new: false, digest }] });
    expect((await cli(["files", "get", digest, "-o", "back.bin"], cwd)).stdout).toBe("saved as back.bin (20 MiB)\n");
    expect(readFileSync(join(cwd, "back.bin")).equals(large)).toBe(true);
    expect((await cli(["files", "get", digest], cwd)).exitCode).toBe(4);
    const small = /sha256:\w+/.exec(put.stdout)?.[0] ?? "";
    expect((await cli(["files", "get", small, "-o", "-"], cwd)).stdout).toBe("small");
    expect((await cli(["files", "show", small], cwd)).stdout).toMatch(
      /size +5 B \(5 bytes\)\ntype +text\/plain\nname +small\.txt/,
    );
    const signed = (await cli(["files", "sign", small, "--expires", "60"], cwd)).stdout.trim();
    expect(await (await fetch(signed)).text()).toBe("small");
    expect((await cli(["files", "show", `sha256:${"0".repeat(64)}`], cwd)).exitCode).toBe(3);
  });
});

describe("runners and pools", () => {
  test("are listed, drained, resumed and told apart by name", async () => {
    const cwd = temporaryFolder();
    expect((await cli(["runners"], cwd)).stdout).toMatch(
      /^NAME +POOL +STATE .*\nnode-box +default +ready +cpu only +0\/8 /,
    );
    expect((await cli(["pools"], cwd)).stdout).toMatch(/^POOL .*\ndefault +0 .* 1 /);
    expect((await cli(["runners", "drain", "node-box"], cwd)).stdout).toBe(
      "node-box takes no further jobs (draining)\n",
    );
    expect((await cli(["runners", "resume", "node-box"], cwd)).stdout).toBe("node-box takes jobs again (ready)\n");
    const { items } = runnerList.parse(await json(["runners"], cwd));
    expect((await cli(["runners", "approve", items[0]?.runner_id.slice(-6) ?? ""], cwd)).exitCode).toBe(0);
    const missing = await cli(["runners", "remove", "node-bx"], cwd);
    expect(missing).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("did you mean node-box?") });
  });
});
