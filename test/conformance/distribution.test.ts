import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { pushArtifact } from "../journeys/support/oci-calls.ts";
import { ociRegistry } from "../journeys/support/oci-registry.ts";
import { startNpm } from "../journeys/support/start-npm.ts";
import { goTool } from "./go-tools.ts";
import { allCategories, runSuite, type SuiteResult } from "./run-suite.ts";

const suite = await goTool("suite");
const suiteTest = test.skipIf(suite === null);
const guarded = ociRegistry();
const closed = ociRegistry({ PUBLIC_READS: "false" });

/** Checks that a run with everything switched on leaves out, and why. Any other that is left out is a failure. */
const leftOut: Record<string, string> = {
  "Pull › Setup › Get tag name from environment":
    "for registries that the suite may only read: it makes its own tags here",
  "Content Discovery › Setup › Populate registry with test tags (no push)": "the same",
  "Push › Cross-Repository Blob Mount › Cross-mounting of nonexistent blob should yield session id":
    "runs where a mount is answered by an upload session (202); ours mounts (201)",
  "Push › Cross-Repository Blob Mount › Cross-mounting without from, and automatic content discovery disabled should return a 202":
    "ours looks for the blob in the repositories that the caller may pull: the check of the 201 runs instead",
};
const everything = { ...allCategories, OCI_AUTOMATIC_CROSSMOUNT: "1" };

/** Runs all four categories, in repositories of its own. */
async function runAll(url: string, how: string, login: { username?: string; password?: string }): Promise<void> {
  const name = how.replaceAll(/[^a-z]+/g, "-");
  const repositories = { repository: `conformance/${name}/first`, otherRepository: `conformance/${name}/second` };
  const result = await runSuite(suite ?? "", { url, ...repositories, ...login, settings: everything });
  tell(how, result);
  for (const check of result.skipped) console.log(`  skipped: ${check}: ${leftOut[check] ?? "NOT EXPLAINED"}`);
  expect(result.failed).toEqual([]);
  expect(result.skipped.toSorted()).toEqual(Object.keys(leftOut).toSorted());
}

suiteTest(
  "the conformance suite passes against npm start in all four categories, with a login and without",
  async () => {
    const stateDir = temporaryFolder();
    const registry = startNpm({ PORT: "0", STATE_DIR: stateDir });
    const url = await registry.ready();
    const password = readFileSync(join(stateDir, "admin-token"), "utf8").trim();
    await runAll(url, "npm start, with a token", { username: "anyone", password });
    await runAll(url, "npm start, without a login", {});
  },
);

suiteTest("it passes with a token where nothing is public", async () => {
  await runAll(closed.url(), "nothing public, with a token", { username: "anyone", password: closed.token() });
});

suiteTest("where reading is public and pushing is not, its checks of pulling pass without a login", async () => {
  const repository = "conformance/public";
  const { manifest, blob } = await pushArtifact(guarded.target(), repository, "v1", "read me");
  const result = await runSuite(suite ?? "", {
    url: guarded.url(),
    repository,
    otherRepository: "conformance/other",
    settings: { OCI_TEST_PULL: "1", OCI_TAG_NAME: "v1", OCI_MANIFEST_DIGEST: manifest, OCI_BLOB_DIGEST: blob },
  });
  tell("public reading, without a login", result);
  expect(result.failed).toEqual([]);
  // What would write, and the three categories that were not asked for.
  const unexplained = result.skipped.filter(
    (name) => name.startsWith("Pull ›") && !/ › (Setup|Teardown) › /.test(name),
  );
  expect(unexplained).toEqual([]);
});

function tell(how: string, { passed, skipped, failed }: SuiteResult): void {
  console.log(`conformance suite, ${how}: ${passed.length} passed, ${skipped.length} skipped, ${failed.length} failed`);
}
