import { expect, test } from "vitest";
import { loadAnalyzer } from "../../../src/analyzer/node/load-analyzer.ts";
import { findStarter, renameFunction, starterKinds } from "../../../src/cli/functions/find-starter.ts";
import { languageOfFile } from "../../../src/domain/function/source-language.ts";

const analyze = await loadAnalyzer();

test.each(starterKinds)("the starter for %s publishes its function under whatever name it is given", async (kind) => {
  const starter = await findStarter(kind);
  const language = languageOfFile(starter.ending) ?? "python";
  const runtime = kind === "typescript" ? "javascript" : kind;
  for (const name of [starter.name, "evenLight2"]) {
    const text = renameFunction(starter, name);
    const { functions, issues } = analyze({ language, text, file: null });
    expect(issues).toEqual([]);
    expect(functions.map(({ id, entry }) => [id.split(".")[0], entry])).toEqual([[runtime, name]]);
  }
});
