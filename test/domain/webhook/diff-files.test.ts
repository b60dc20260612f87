import fc from "fast-check";
import { expect, test } from "vitest";
import { afterPush } from "../../../src/domain/webhook/after-push.ts";
import { diffFiles, type FileArtifact, type KnownFile } from "../../../src/domain/webhook/diff-files.ts";

const gives = (name: string, version = "1.0.0"): FileArtifact => ({ kind: "template", name, version });
const file = (path: string, blob: string, ...artifacts: FileArtifact[]): KnownFile => ({ path, blob, artifacts });

test("what is new, other, gone and moved is told as such, in the order of the paths", () => {
  const known = [file("a", "1", gives("a")), file("b", "2"), file("c", "3", gives("c")), file("same", "4")];
  const tree = [
    { path: "same", blob: "4" },
    { path: "b", blob: "20" },
    { path: "z/c", blob: "3" },
    { path: "new", blob: "5" },
  ];
  expect(diffFiles(known, tree)).toEqual([
    { path: "a", change: "removed", previousPath: null, blob: null, artifacts: [gives("a")] },
    { path: "b", change: "modified", previousPath: null, blob: "20", artifacts: [] },
    { path: "new", change: "added", previousPath: null, blob: "5", artifacts: [] },
    { path: "z/c", change: "renamed", previousPath: "c", blob: "3", artifacts: [gives("c")] },
  ]);
});

test("of two copies of one file that is gone, one was renamed and the other is new", () => {
  const changes = diffFiles(
    [file("a", "1")],
    [
      { path: "b", blob: "1" },
      { path: "c", blob: "1" },
    ],
  );
  expect(changes.map(({ path, change }) => [path, change])).toEqual([
    ["b", "renamed"],
    ["c", "added"],
  ]);
});

const without = (all: Set<string>, some: Set<string>) => new Set([...all].filter((one) => !some.has(one)));
const paths = fc.constantFrom("a", "b", "c", "d/e", "d/f", "g");
const blobs = fc.constantFrom("1", "2", "3");
const trees = fc.dictionary(paths, blobs).map((files) => Object.entries(files).map(([path, blob]) => ({ path, blob })));

test("whatever is pushed, the source then stands at the tree, and has nothing more to do", () => {
  fc.assert(
    fc.property(trees, trees, (before, after) => {
      const known = before.map(({ path, blob }) => file(path, blob, gives(`n${blob}`)));
      const changes = diffFiles(known, after);
      const read = new Map(
        changes.flatMap(({ path, blob }) =>
          blob === null ? [] : [[path, { artifacts: [gives(`n${blob}`)], isRefused: false }] as const],
        ),
      );
      const { update, gone, back } = afterPush(known, changes, read);
      const isOther = new Set([...update.gone, ...update.set.map(({ path }) => path)]);
      const now = [...known.filter(({ path }) => !isOther.has(path)), ...update.set];
      const byPath = (files: { path: string; blob: string }[]) =>
        Object.fromEntries(files.map(({ path, blob }) => [path, blob]));
      expect(byPath(now)).toEqual(byPath(after));
      expect(diffFiles(now, after)).toEqual([]);
      const names = (files: { blob: string }[]) => new Set(files.map(({ blob }) => `n${blob}`));
      expect(new Set(gone.map(({ name }) => name))).toEqual(without(names(before), names(after)));
      expect(new Set(back.map(({ name }) => name))).toEqual(without(names(after), names(before)));
    }),
  );
});

test("a file that is refused stays what it was, and is looked at again by the next push", () => {
  const known = [file("a", "1", gives("a"))];
  const tree = [
    { path: "a", blob: "2" },
    { path: "b", blob: "3" },
  ];
  const changes = diffFiles(known, tree);
  const refused = { artifacts: [], isRefused: true };
  const after = afterPush(
    known,
    changes,
    new Map([
      ["a", refused],
      ["b", refused],
    ]),
  );
  expect(after).toEqual({ update: { set: [], gone: [] }, gone: [], back: [] });
});

test("a name that moved to another file is neither gone nor back; one that a file no longer gives is gone", () => {
  const known = [file("a", "1", gives("moved"), gives("dropped")), file("b", "2")];
  const changes = diffFiles(known, [{ path: "b", blob: "3" }]);
  const after = afterPush(known, changes, new Map([["b", { artifacts: [gives("moved")], isRefused: false }]]));
  expect(after.gone).toEqual([{ kind: "template", name: "dropped" }]);
  expect(after.back).toEqual([]);
});
