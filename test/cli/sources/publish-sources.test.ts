import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { publishSources } from "../../../src/cli/sources/publish-sources.ts";
import { readSources } from "../../../src/cli/sources/read-sources.ts";
import { createClient } from "../../../src/client/create-client.ts";
import {
  type SourceBatch,
  type SourceBatchAnswer,
  type SourceResult,
  sourceBatch,
} from "../../../src/contract/function/registration.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const digest = `sha256:${"0".repeat(64)}`;

/** Answers a batch as a registry would that publishes a function of each source but those with `bad` in them. */
async function startTakingRegistry(): Promise<{ url: string; batches: SourceBatch[] }> {
  const batches: SourceBatch[] = [];
  const server = createServer(async (request, response) => {
    const batch = sourceBatch.parse(await json(request));
    batches.push(batch);
    const results = batch.sources.map(({ file, source }, index): SourceResult => {
      const name = `python.${file.replace(/\..*/, "")}`;
      const place = { path: "", line: 1, column: 1, suggestion: null };
      if (source.includes("bad")) {
        const issues = [{ ...place, severity: "error" as const, code: "forbidden_import", message: "no" }];
        return { index, file, status: "rejected", functions: [], code: "INVALID_DOCUMENT", message: "told", issues };
      }
      const one = { kind: "function" as const, name, version: "1.0.0", digest, status: "created" as const };
      const rest = { dry_run: false, seq: index + 1, extends: null, comparison: null, tags: {}, issues: [] };
      const issues = [{ ...place, severity: "warning" as const, code: "unknown_type", message: "hm" }];
      return { index, file, status: "created", functions: [{ ...one, ...rest }], code: null, message: null, issues };
    });
    const answer: SourceBatchAnswer = { dry_run: false, seq: results.length, results };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, batches };
}

test("each source has its own outcome, in the order of the files, and what cannot be read is not sent", async () => {
  const folder = temporaryFolder({ "a.py": "\ufeffgood", "b.py": "bad", "d.ts": "x".repeat(600_000) });
  writeFileSync(join(folder, "c.py"), Buffer.from([0xff, 0xfe]));
  const { url, batches } = await startTakingRegistry();
  const sources = await readSources(["d.ts", "a.py", "c.py", "b.py"].map((file) => join(folder, file)));
  const done = await publishSources(createClient({ url }), sources, { isDryRun: false });
  expect(done.outcomes.map(({ name, status, code, exitCode }) => [name, status, code, exitCode])).toEqual([
    [null, "rejected", "INVALID_DOCUMENT", 1],
    ["python.a", "created", null, 0],
    [null, "rejected", "INVALID_DOCUMENT", 1],
    [null, "rejected", "INVALID_DOCUMENT", 1],
  ]);
  expect(done.outcomes.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
    ["too_large"],
    ["unknown_type"],
    ["not_utf8"],
    ["forbidden_import"],
  ]);
  expect(done.outcomes.at(-1)?.message).toBe("refused for 1 error");
  // The registry is told names, not where files lie; and what it gets is what the author wrote, the mark included.
  expect(batches[0]?.sources).toEqual([
    { file: "a.py", source: "\ufeffgood", language: "python" },
    { file: "b.py", source: "bad", language: "python" },
  ]);
});

test("sources go in slices, with the versions that are asked for", async () => {
  const files = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`f${i}.py`, "good"]));
  const folder = temporaryFolder(files);
  const { url, batches } = await startTakingRegistry();
  const sources = await readSources(Object.keys(files).map((file) => join(folder, file)));
  const versioned = sources.map((source) => ({ ...source, versions: "2.0.0" }));
  const progress: number[] = [];
  const done = await publishSources(createClient({ url }), versioned, { isDryRun: false }, (n) => progress.push(n));
  expect(progress).toEqual([20, 40, 45]);
  expect(batches.flatMap((batch) => batch.sources).every(({ versions }) => versions === "2.0.0")).toBe(true);
  expect(done.outcomes).toHaveLength(45);
});

test("when the registry is away, or the publish was broken off before, nothing is sent and that is told", async () => {
  const folder = temporaryFolder({ "a.py": "good" });
  const sources = await readSources([join(folder, "a.py")]);
  const away = await publishSources(createClient({ url: "http://127.0.0.1:1" }), sources, { isDryRun: false });
  expect(away.outcomes).toMatchObject([{ file: join(folder, "a.py"), status: "not_sent", exitCode: 6 }]);
  const { url, batches } = await startTakingRegistry();
  const after = await publishSources(createClient({ url }), sources, { isDryRun: false, brokenOff: away.failure });
  expect(after.outcomes).toMatchObject([{ status: "not_sent", exitCode: 6 }]);
  expect(batches).toEqual([]);
});
