import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downloadFile } from "../../../src/cli/files/download-file.ts";
import { createClient } from "../../../src/client/create-client.ts";
import { problemOf } from "../../client/serve-answers.ts";
import { answerJson, serveRequests } from "../../client/serve-requests.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const bytes = Buffer.alloc(300_000, "0123456789");
const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** Serves the bytes, cut short as often as `cuts` says; tells which ranges were asked. */
async function serveCut(cuts: readonly number[], takesRanges = true): Promise<{ url: string; ranges: string[] }> {
  const ranges: string[] = [];
  const { url } = await serveRequests(({ headers }, response) => {
    const { range = "" } = headers;
    ranges.push(range);
    const start = takesRanges ? Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0) : 0;
    const rest = bytes.subarray(start);
    const cut = cuts[ranges.length - 1];
    response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length });
    if (cut === undefined) response.end(rest);
    else response.write(rest.subarray(0, cut), () => setImmediate(() => response.destroy()));
  });
  return { url, ranges };
}

describe("fetching a file", () => {
  test.each([true, false])("goes on where the connection broke (ranges are answered: %s)", async (takesRanges) => {
    const folder = temporaryFolder();
    const { url, ranges } = await serveCut([100_000, 50_000], takesRanges);
    const path = join(folder, "out.bin");
    expect(await downloadFile(createClient({ url }), digest, path, false)).toBe(bytes.length);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(["out.bin"]);
    expect(ranges.length).toBeGreaterThanOrEqual(3);
    expect(ranges[0]).toBe("");
    expect(ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  test("leaves nothing when the bytes are not those of the digest", async () => {
    const folder = temporaryFolder();
    const { url } = await serveCut([]);
    const other = `sha256:${"0".repeat(64)}`;
    await expect(downloadFile(createClient({ url }), other, join(folder, "out.bin"), false)).rejects.toThrow(
      "fetch it again",
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test("never replaces a file, unless it is told to", async () => {
    const folder = temporaryFolder({ "out.bin": "mine" });
    const { url } = await serveCut([]);
    const path = join(folder, "out.bin");
    await expect(downloadFile(createClient({ url }), digest, path, false)).rejects.toMatchObject({ exitCode: 4 });
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(readdirSync(folder)).toEqual(["out.bin"]);
    await downloadFile(createClient({ url }), digest, path, true);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("that is not there says so and leaves nothing", async () => {
    const folder = temporaryFolder();
    const { url } = await serveRequests((_, response) =>
      answerJson(response, 404, problemOf("FILE_NOT_FOUND", 404, "no such file")),
    );
    await expect(downloadFile(createClient({ url }), digest, join(folder, "x"), false)).rejects.toThrow("no such file");
    expect(existsSync(join(folder, "x"))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
