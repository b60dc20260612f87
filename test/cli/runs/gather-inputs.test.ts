import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CommandRefusal } from "../../../src/cli/command-refusal.ts";
import { gatherInputs } from "../../../src/cli/runs/gather-inputs.ts";
import { LocalFile, localFilesIn, withDigests } from "../../../src/cli/runs/local-file.ts";
import type { Inputs } from "../../../src/contract/template/document.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const declared: Inputs = {
  image: { type: "file" },
  pages: { type: "array", items: { type: "file" } },
  width: { type: "integer" },
  prompt: { type: "string" },
};

async function refusalOf(work: Promise<unknown>): Promise<CommandRefusal> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof CommandRefusal) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

describe("the inputs of a run", () => {
  test("come from flags and a file together, the flags first, and paths in a file begin at its folder", async () => {
    const folder = temporaryFolder({
      "in/values.yaml": "prompt: a bicycle\nwidth: 64\nimage: '@photo.png'\npages: ['@a.png', sha256:no]\n",
    });
    const found = await gatherInputs(declared, { input: ["width=256"], inputs: join(folder, "in/values.yaml") });
    expect(found).toEqual({
      prompt: "a bicycle",
      width: 256,
      image: new LocalFile(join(folder, "in/photo.png")),
      pages: [new LocalFile(join(folder, "in/a.png")), "sha256:no"],
    });
    expect(localFilesIn(found).map(({ path }) => path)).toEqual([
      join(folder, "in/photo.png"),
      join(folder, "in/a.png"),
    ]);
    expect(withDigests(found, (path) => `digest of ${path}`)).toMatchObject({
      pages: [`digest of ${join(folder, "in/a.png")}`, "sha256:no"],
    });
  });

  test("are refused together, each with what to do", async () => {
    const refused = await refusalOf(gatherInputs(declared, { input: ["widht=1", "width=x", "image=p.png"] }));
    expect(refused.exitCode).toBe(1);
    expect(refused.message).toContain("there is no input widht; did you mean width?");
    expect(refused.message).toContain("width: “x” is no whole number");
    expect(refused.message).toContain("did you mean @p.png?");
  });

  test("are read from a file, where the input is no file itself", async () => {
    const folder = temporaryFolder({ "spec.md": "Write it.\n", "list.yaml": "- a\n- 2\n", "bad.json": "[" });
    const at = (name: string) => `@${join(folder, name)}`;
    const given = { prompt: { type: "string" }, words: { type: "array" }, more: { type: "any" } } as const;
    const found = await gatherInputs(given, {
      input: [`prompt=${at("spec.md")}`, `words=${at("list.yaml")}`, `more=${at("spec.md")}`],
    });
    expect(found).toEqual({ prompt: "Write it.\n", words: ["a", 2], more: "Write it.\n" });
    const refused = await refusalOf(
      gatherInputs(given, { input: [`prompt=${at("no.md")}`, `words=${at("bad.json")}`] }),
    );
    expect(refused.exitCode).toBe(1);
    expect(refused.message).toMatch(
      /prompt: .*no\.md does not exist; write @@ for text[^\n]*\n {2}words: .*bad\.json: /,
    );
  });

  test("may be anything, where nothing is declared", async () => {
    const given = ["n=3", "word=fast", "list=1", "list=b", 'map={"a": [1]}', "text=@@me"];
    expect(await gatherInputs(null, { input: given })).toEqual({
      ...{ n: 3, word: "fast", list: [1, "b"], map: { a: [1] } },
      text: "@@me",
    });
  });

  test("what is in no file and no map is refused", async () => {
    const folder = temporaryFolder({ "list.json": "[1]", "bad.yaml": "a: [" });
    expect((await refusalOf(gatherInputs(declared, { input: ["width"] }))).message).toContain("write key=value");
    const list = gatherInputs(declared, { inputs: join(folder, "list.json") });
    expect((await refusalOf(list)).message).toContain("holds no map");
    expect((await refusalOf(gatherInputs(declared, { inputs: join(folder, "bad.yaml") }))).exitCode).toBe(2);
    expect((await refusalOf(gatherInputs(declared, { inputs: "nowhere" }))).message).toContain("cannot be read");
  });
});
