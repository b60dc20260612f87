import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { publishDocuments } from "../../../src/cli/documents/publish-documents.ts";
import { readDocuments } from "../../../src/cli/documents/read-documents.ts";
import { createClient } from "../../../src/client/create-client.ts";
import type { BatchAnswer } from "../../../src/contract/artifact/registration.ts";
import { readDocumentStream } from "../../../src/domain/document/read-document-stream.ts";
import { templateHeader } from "../../../src/domain/template/template-header.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Answers a batch as a registry would that finds one thing in every document: where its `id` is written. */
async function startPointingRegistry(): Promise<{ url: string; batches: string[] }> {
  const batches: string[] = [];
  const server = createServer(async (request, response) => {
    const stream = await text(request);
    batches.push(stream);
    const results = readDocumentStream(stream).map(({ document }, index) => ({
      index,
      name: document === null ? null : templateHeader(document).id,
      version: document === null ? null : templateHeader(document).version,
      digest: null,
      status: "created" as const,
      seq: index + 1,
      comparison: null,
      code: null,
      message: null,
      issues: [
        {
          severity: "warning" as const,
          path: "/template/id",
          line: document?.place("/template/id")?.line ?? null,
          column: document?.place("/template/id")?.column ?? null,
          code: "here",
          message: "here",
          suggestion: null,
        },
      ],
    }));
    const answer: BatchAnswer = { dry_run: false, seq: results.length, results };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, batches };
}

function template(id: string, version: string, parent?: string): string {
  return `template:\n  version: ${version}\n${parent === undefined ? "" : `  extends: ${parent}\n`}  id: ${id}\n`;
}

test("each issue is placed in the file and on the line that it is about, whatever surrounds it there and in the stream", async () => {
  const files = {
    "a.yaml": `# comment\n\n${template("aaa", "1.0.0", "zzz@^1")}`,
    "b.yaml": `%YAML 1.2\n---\n${template("bbb", "1.0.0")}...\n# between\n---\n${template("bbc", "1.0.0")}---\n`,
    "c.json": JSON.stringify({ template: { version: "1.0.0", id: "ccc" } }),
    "d.yaml": `\ufeff${template("ddd", "1.0.0").replaceAll("\n", "\r\n")}`,
    "z.yaml": template("zzz", "1.2.0"),
  };
  const folder = temporaryFolder(files);
  const { url, batches } = await startPointingRegistry();
  const { documents, sources } = await readDocuments(Object.keys(files).map((file) => join(folder, file)));
  const done = await publishDocuments(createClient({ url }), documents, { isDryRun: false });

  expect(done.outcomes.map(({ name }) => name)).toEqual(["aaa", "bbb", "bbc", "ccc", "ddd", "zzz"]);
  for (const { file, name, issues } of done.outcomes) {
    const line = sources.get(file)?.split("\n")[(issues[0]?.line ?? 0) - 1];
    expect(line?.slice((issues[0]?.column ?? 0) - 1).replaceAll('"', "")).toMatch(new RegExp(`^${name}`));
  }
  expect(batches).toHaveLength(1);
  expect(batches[0]?.indexOf("id: zzz")).toBeLessThan(batches[0]?.indexOf("id: aaa") ?? 0);
});

test("a document that cannot be read is told and not sent, and does not stop the others", async () => {
  const folder = temporaryFolder({ "a.yaml": 'template: "open\n', "b.yaml": template("bbb", "1.0.0") });
  const { url, batches } = await startPointingRegistry();
  const { documents } = await readDocuments([join(folder, "a.yaml"), join(folder, "b.yaml")]);
  const done = await publishDocuments(createClient({ url }), documents, { isDryRun: false });
  expect(done.outcomes.map(({ status, code, exitCode }) => [status, code, exitCode])).toEqual([
    ["rejected", "INVALID_DOCUMENT", 1],
    ["created", null, 0],
  ]);
  expect(batches.join()).not.toContain("open");
});

test("a publish goes in slices, a dry run in one", async () => {
  const ids = Array.from({ length: 250 }, (_, i) => `t${String(i).padStart(3, "0")}`);
  const folder = temporaryFolder({ "all.yaml": ids.map((id) => template(id, "1.0.0")).join("---\n") });
  const { url, batches } = await startPointingRegistry();
  const { documents } = await readDocuments([join(folder, "all.yaml")]);
  const progress: number[] = [];
  await publishDocuments(createClient({ url }), documents, { isDryRun: false }, (done) => progress.push(done));
  expect(progress).toEqual([100, 200, 250]);
  const dry = await publishDocuments(createClient({ url }), documents, { isDryRun: true });
  expect([batches.length, dry.slices]).toEqual([4, 1]);
});

test("when the registry goes away, what it did not answer for is not sent", async () => {
  const folder = temporaryFolder({ "a.yaml": template("aaa", "1.0.0") });
  const { documents } = await readDocuments([join(folder, "a.yaml")]);
  const done = await publishDocuments(createClient({ url: "http://127.0.0.1:1" }), documents, { isDryRun: false });
  expect(done.outcomes).toMatchObject([{ name: "aaa", status: "not_sent", exitCode: 6 }]);
  expect(done.failure).toBeDefined();
});
