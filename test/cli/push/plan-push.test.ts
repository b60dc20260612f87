import { join } from "node:path";
import { expect, test } from "vitest";
import { describeFile } from "../../../src/cli/push/describe-file.ts";
import { planPush } from "../../../src/cli/push/plan-push.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const files = {
  "workflow.yaml":
    "metadata: { id: code-generation, name: C, version: 1.2.0, description: d }\nsteps: [{ id: a, skill: b }]\n",
  "card.json": JSON.stringify({ name: "Plan Agent", url: "http://x.y", skills: [{ id: "plan" }] }),
  "template.yaml": "template: { id: image_resize, version: 2.0.0 }\n",
  "filters.py": "def slugify(text: str) -> str:\n    return text\n\n\ndef other(text: str) -> str:\n    return text\n",
  "weights.bin": "\u0000",
  "compose.yaml": "services: {}\n",
};

/** What a file is planned as. */
async function plan(file: keyof typeof files, target?: string) {
  const path = join(temporaryFolder(files), file);
  return planPush(path, await describeFile(path), target);
}

test.each([
  ["workflow.yaml", undefined, "workflows/code-generation", ["1.2.0"], "workflow"],
  ["workflow.yaml", "workflows/code-generation:v1,stable", "workflows/code-generation", ["v1", "stable"], "workflow"],
  ["workflow.yaml", "workflows/other", "workflows/other", ["1.2.0"], "workflow"],
  ["template.yaml", undefined, "templates/image_resize", ["2.0.0"], "template"],
  // The registry chooses the version.
  ["card.json", undefined, "agents/plan-agent", ["latest"], "agent"],
  ["filters.py", undefined, "functions/python.slugify", ["latest"], "function"],
  ["filters.py", "functions/python.other:1.0.0", "functions/python.other", ["1.0.0"], "function"],
] as const)("%s with target %s goes to %s under %j", async (file, target, repository, tags, kind) => {
  expect(await plan(file, target)).toMatchObject({
    repository,
    tags,
    artifact: { kind },
    artifactType: `application/vnd.callsheet.${kind}.v1`,
  });
});

test("any file goes to any other repository as it is", async () => {
  expect(await plan("weights.bin", "models/sdxl:1.0")).toMatchObject({
    repository: "models/sdxl",
    tags: ["1.0"],
    artifact: null,
    version: null,
  });
  expect(await plan("workflow.yaml", "backup/flows")).toMatchObject({ artifact: null, version: null, tags: ["1.2.0"] });
});

test.each([
  ["weights.bin", undefined, "weights.bin does not say what it is; say where"],
  ["workflow.yaml", "workflows/a/b:v1", "workflows/{name}"],
  ["workflow.yaml", `workflows/a@sha256:${"a".repeat(64)}`, "a push is made under a tag"],
] as const)("%s with target %s is refused", async (file, target, why) => {
  await expect(plan(file, target)).rejects.toThrow(why);
});

test("a file that is no document says why", async () => {
  const path = join(temporaryFolder(files), "compose.yaml");
  expect(await describeFile(path)).toMatchObject({ type: "other", issues: [{ code: "unknown_document", line: 1 }] });
});
