import fc from "fast-check";
import { expect, test } from "vitest";
import { readPushedFile } from "../../../src/domain/webhook/read-pushed-file.ts";

const template = "template:\n  id: a_template\n  version: 1.0.0\n";

test("files of ours are taken, by what is in them or, for sources, by their names", () => {
  expect(readPushedFile("a.yaml", template, false)).toMatchObject({
    type: "documents",
    documents: [{ kind: "template" }],
  });
  expect(readPushedFile("f.py", "def f(): ...", false)).toMatchObject({ type: "source", language: "python" });
  const stream = readPushedFile("a.yaml", `# first\n---\n${template}---\nmetadata: {}\nsteps: []\n`, false);
  expect(stream).toMatchObject({
    type: "documents",
    documents: [
      { kind: "template", firstLine: 1 },
      { kind: "workflow", firstLine: 6 },
    ],
  });
});

test("what others wrote is let be, broken or not", () => {
  const others = ["just: notes\n", "", "# nothing\n", "{{ helm }}: [\n", '{ "compilerOptions": {} // no }', "[1, 2"];
  for (const text of others) expect(readPushedFile("x.yaml", text, false), text).toMatchObject({ type: "skipped" });
});

test("what is broken and ours, or nearly, is refused with the line in its file", () => {
  const broken = "template:\n  id: a\n  inputs: [1, 2\n";
  expect(readPushedFile("a.yaml", broken, false)).toMatchObject({ type: "rejected" });
  expect(readPushedFile("a.yaml", "just: [broken\n", true)).toMatchObject({ type: "rejected" });
  const second = readPushedFile("a.yaml", `${template}---\nfoo: [broken\n`, false);
  expect(second).toMatchObject({ type: "rejected" });
  const [issue] = second.type === "rejected" ? second.issues : [];
  expect(issue?.line).toBeGreaterThan(4);
});

test("whatever is in a file, reading it does not throw", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom("a.yaml", "a.json", "a.py", "a.ts"),
      fc.boolean(),
      (text, path, isOurs) => {
        expect(readPushedFile(path, text, isOurs).type).toMatch(/documents|source|skipped|rejected/);
      },
    ),
  );
});
