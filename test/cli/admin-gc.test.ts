import { expect, test } from "vitest";
import type { GarbageAnswer } from "../../src/contract/http/garbage.ts";
import { answerJson, serveRequests } from "../client/serve-requests.ts";
import { runCli } from "./run-cli.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const none = { blobs: 0, size_bytes: 0 };

/** Three slices: two among repositories, one of which both tell of, and one among stored bytes. */
const slices: GarbageAnswer[] = [
  slice("second", { repositories: [{ repository: "models/llama", blobs: 2, size_bytes: 3 * 1024 * 1024 }] }),
  slice("third", {
    repositories: [
      { repository: "models/llama", blobs: 1, size_bytes: 1024 * 1024 },
      { repository: "models/sdxl", blobs: 1, size_bytes: 100 },
    ],
    kept: { blobs: 2, size_bytes: 2048 },
  }),
  slice(null, { storage: { blobs: 5, size_bytes: 5120 } }),
];

test("adds up all slices, repository by repository, and says what stays", async () => {
  const { exitCode, stdout, asked } = await collect(["--dry-run"]);
  expect(exitCode).toBe(0);
  expect(asked).toEqual(["GET /v1/admin/gc", "GET /v1/admin/gc?cursor=second", "GET /v1/admin/gc?cursor=third"]);
  expect(stdout.split("\n")).toEqual([
    expect.stringMatching(/^REPOSITORY +BLOBS +SIZE$/),
    expect.stringMatching(/^models\/llama +3 +4\.0 MiB$/),
    expect.stringMatching(/^models\/sdxl +1 +100 B$/),
    "4 blobs (4.0 MiB) would leave 2 repositories: no manifest there refers to them",
    "5 blobs (5.0 KiB) would be removed from storage: nothing names them",
    "what leaves its last repository is removed from storage too",
    "2 blobs (2.0 KiB) of garbage stay: younger than 24 hours",
    "",
  ]);
});

test("collects with POST, and tells programs the same in JSON", async () => {
  const { exitCode, stdout, asked } = await collect(["--json"]);
  expect(exitCode).toBe(0);
  expect(asked.map((request) => request.split(" ")[0])).toEqual(["POST", "POST", "POST"]);
  expect(JSON.parse(stdout)).toEqual({
    dry_run: false,
    checked: 30,
    repositories: [
      { repository: "models/llama", blobs: 3, size_bytes: 4 * 1024 * 1024 },
      { repository: "models/sdxl", blobs: 1, size_bytes: 100 },
    ],
    storage: { blobs: 5, size_bytes: 5120 },
    kept: { blobs: 2, size_bytes: 2048 },
    grace_seconds: 86400,
  });
});

async function collect(args: readonly string[]) {
  const asked: string[] = [];
  const { url } = await serveRequests(({ method, url: { pathname, search } }, response) => {
    asked.push(`${method} ${pathname}${search}`);
    answerJson(response, 200, slices[asked.length - 1]);
  });
  const env = { CALLSHEET_URL: url, CALLSHEET_TOKEN: "token", NO_COLOR: "1" };
  return { ...(await runCli(["admin", "gc", ...args], { cwd: temporaryFolder(), env })), asked };
}

function slice(next: string | null, parts: Partial<GarbageAnswer>): GarbageAnswer {
  return {
    checked: 10,
    repositories: [],
    storage: none,
    kept: none,
    grace_seconds: 86400,
    next_cursor: next,
    ...parts,
  };
}
