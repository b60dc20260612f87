import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createOciClient } from "../../src/cli/oci/oci-client.ts";
import { pushBlob } from "../../src/cli/oci/push-blob.ts";
import { rememberedUpload } from "../../src/cli/oci/remembered-upload.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";
import { cuttingProxy } from "./support/cutting-proxy.ts";
import { askOci, digestOf, manifestOf, pushBlob as pushBytes, putManifest } from "./support/oci-calls.ts";

const { cli, json, url, env } = cliRegistry();

function workflow(id: string, version = "1.0.0"): string {
  return `# by hand
metadata: { id: ${id}, name: The ${id}, version: ${version}, description: Made for a test. }
steps:
  - id: plan
    skill: plan
`;
}

const card = { name: "Push agent", description: "Plans.", url: "http://127.0.0.1:9", skills: [{ id: "push_plan" }] };
const source = `def shout(text: str) -> str:\n    """Say it loud."""\n    return text.upper()\n`;

describe("push", () => {
  test("says what is missing: the file, or the token", async () => {
    const cwd = temporaryFolder({ "weights.bin": "0123" });
    for (const missing of ["gone.yaml", "gone.py", "gone.bin"]) {
      expect((await cli(["push", missing, "plain/x:v1"], cwd)).stderr).toContain(`${missing} does not exist`);
    }
    const refused = await cli(["push", "weights.bin", "plain/x:v1", "--token", "wrong"], cwd);
    expect(refused.stderr).toContain("token");
    expect(refused.stderr).not.toContain("try again");
  });

  test("registers what a file holds, under the name and the version that it says", async () => {
    const cwd = temporaryFolder({ "flow.yaml": workflow("push-own") });
    const first = await cli(["push", "flow.yaml"], cwd);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout).toContain(
      "pushed     workflows/push-own:1.0.0  flow.yaml\n  workflow push-own 1.0.0  sha256:",
    );
    expect(await json(["push", "flow.yaml"], cwd)).toMatchObject({ status: "unchanged", tags: ["1.0.0"] });
    expect(await json(["push", "flow.yaml", "workflows/push-own:v1,stable"], cwd)).toMatchObject({ status: "pushed" });
    expect(await json(["tag", "list", "workflow/push-own"], cwd)).toMatchObject({
      tags: [
        { tag: "latest", version: "1.0.0" },
        { tag: "stable", version: "1.0.0" },
        { tag: "v1", version: "1.0.0" },
      ],
    });
    expect(await json(["show", "push-own@v1"], cwd)).toMatchObject({ kind: "workflow", version: "1.0.0" });
  });

  test("changes nothing after a publish of the same file", async () => {
    const files = {
      "b.yaml": workflow("push-after-b"),
      "a.yaml": workflow("push-after-a"),
      "t.yaml": templateSource("push_after", "1.0.0"),
    };
    const cwd = temporaryFolder(files);
    expect(await json(["publish", "."], cwd)).toMatchObject({ counts: { created: 3 } });
    for (const file of Object.keys(files)) {
      expect(await json(["push", file], cwd)).toMatchObject({ status: "unchanged", layers: [{ new: false }] });
    }
  });

  test.each([
    ["flow.yaml", "workflow/push-kinds", workflow("push-kinds")],
    ["card.json", "agents/push-agent", `${JSON.stringify(card)}\n`],
    ["shout.py", "functions/python.shout", source],
    ["t.yaml", "templates/push_kinds", templateSource("push_kinds", "1.0.0")],
  ])("%s comes back as %s, byte for byte, under its author's name", async (file, reference, text) => {
    const cwd = temporaryFolder({ [file]: text });
    expect(await json(["push", file], cwd)).toMatchObject({ status: "pushed" });
    const pulled = await cli(["pull", reference, "-o", "deep/out"], cwd);
    expect(pulled).toMatchObject({ exitCode: 0 });
    expect(pulled.stdout).toContain(`saved as ${join("deep", "out", file)}`);
    expect(readFileSync(join(cwd, "deep", "out", file), "utf8")).toBe(text);
  });

  test("a refused push prints the issues as publish does, and registers nothing", async () => {
    const cwd = temporaryFolder({ "bad.yaml": workflow("push-bad").replace("steps:", "stepz:") });
    const run = await cli(["push", "bad.yaml", "workflows/push-bad:v1"], cwd);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("rejected   workflows/push-bad:v1  bad.yaml");
    expect(run.stdout).toContain("bad.yaml:3:1: error[unknown_key]");
    expect(run.stdout).toContain("help: did you mean steps?");
    expect(await json(["push", "bad.yaml", "workflows/push-bad:v1"], cwd, 1)).toMatchObject({
      status: "rejected",
      code: "MANIFEST_INVALID",
      digest: null,
      issues: expect.arrayContaining([expect.objectContaining({ code: "unknown_key", line: 3 })]),
    });
    expect((await cli(["show", "workflow/push-bad"], cwd)).exitCode).toBe(3);
  });

  test("other content under a published version is a conflict, a document that says nothing of itself is told so", async () => {
    const cwd = temporaryFolder({ "flow.yaml": workflow("push-taken"), "x.yaml": "a: 1\n" });
    await json(["push", "flow.yaml"], cwd);
    writeFileSync(join(cwd, "flow.yaml"), workflow("push-taken").replace("skill: plan", "skill: other"));
    const taken = await cli(["push", "flow.yaml"], cwd);
    expect(taken.exitCode).toBe(4);
    expect(taken.stdout).toContain("publish 1.0.1");
    const unknown = await cli(["push", "x.yaml"], cwd);
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stdout).toContain("error[unknown_document]");
  });

  test("any file goes to any other repository, with files and annotations beside it", async () => {
    const cwd = temporaryFolder({ "weights.bin": "weights", "README.md": "# About\n" });
    const flags = ["--attach", "README.md:text/markdown", "--annotation", "license=apache-2.0"];
    const pushed = await json(["push", "weights.bin", "push/weights:1.0", ...flags], cwd);
    expect(pushed).toMatchObject({
      kind: null,
      status: "pushed",
      layers: [{ new: true }, { media_type: "text/markdown" }],
    });
    const manifest = await (
      await askOci({ url: url(), adminToken: env().CALLSHEET_TOKEN ?? "" }, "/v2/push/weights/manifests/1.0")
    ).json();
    expect(manifest).toMatchObject({ annotations: { license: "apache-2.0" } });
    await json(["pull", "push/weights:1.0", "-o", "out"], cwd);
    expect(readFileSync(join(cwd, "out", "README.md"), "utf8")).toBe("# About\n");
    expect(readFileSync(join(cwd, "out", "weights.bin"), "utf8")).toBe("weights");
  });

  test("needs a token that the registry knows", async () => {
    const cwd = temporaryFolder({ "flow.yaml": workflow("push-token") });
    expect(await json(["push", "flow.yaml", "--token", "wrong"], cwd, 5)).toMatchObject({
      failure: { code: "UNAUTHENTICATED" },
    });
  });
});

describe("push --dir", () => {
  test("pushes every document under its name and v1, goes on after a bad one, and lists what is there then", async () => {
    const cwd = temporaryFolder({
      "flows/dir-one.yaml": workflow("dir-one"),
      "flows/deep/router.yml": workflow("dir-router"),
      "flows/dir-bad.yaml": workflow("dir-bad").replace("id: plan", "id: Plan"),
      "flows/data.json": "{}",
    });
    const run = await cli(["push", "--dir", "flows"], cwd);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("pushed     workflows/dir-one:v1  flows/dir-one.yaml");
    expect(run.stdout).toContain("pushed     workflows/dir-router:v1  flows/deep/router.yml");
    expect(run.stdout).toContain("rejected   workflows/dir-bad:v1");
    expect(run.stdout).toContain("3 documents: 2 pushed, 0 unchanged, 1 rejected");
    expect(run.stdout).toMatch(/^workflows in the registry:\nNAME .*\n(.*\n)*dir-one +1\.0\.0/m);
    expect(run.stderr).toContain("router.yml is called router and says that it is dir-router");
    const again = await json(["push", "--dir", "flows", "--tag", "v2"], cwd, 1);
    expect(again).toMatchObject({ counts: { pushed: 2, rejected: 1 }, listing: { workflow: expect.anything() } });
    expect(await json(["show", "dir-router@v2"], cwd)).toMatchObject({ name: "dir-router" });
  });

  test("says that a folder has nothing to push", async () => {
    const cwd = temporaryFolder({ "flows/readme.md": "" });
    const run = await cli(["push", "--dir", "flows"], cwd);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain("no *.yaml and no *.yml in flows; nothing was pushed");
  });
});

describe("pull", () => {
  test("finds versions, ranges, tags and digests, and says what it does not find", async () => {
    const cwd = temporaryFolder({ "flow.yaml": workflow("pull-found") });
    await json(["push", "flow.yaml"], cwd);
    writeFileSync(join(cwd, "flow.yaml"), workflow("pull-found", "1.1.0"));
    await json(["push", "flow.yaml", "workflows/pull-found:1.1.0,v1"], cwd);
    const { digest } = Object(await json(["show", "pull-found@1.0.0"], cwd));
    const versions = [
      ["pull-found", "1.1.0"],
      ["pull-found@1.0.0", "1.0.0"],
      ["workflows/pull-found:v1", "1.1.0"],
      ["workflow/pull-found@^1.0", "1.1.0"],
      [`pull-found@${digest}`, "1.0.0"],
    ] as const;
    for (const [reference, version] of versions) {
      await json(["pull", reference, "-o", "out", "--force"], cwd);
      expect(readFileSync(join(cwd, "out", "flow.yaml"), "utf8"), reference).toBe(workflow("pull-found", version));
    }
    for (const missing of ["pull-nowhere", "pull-found@^2", "workflows/pull-found:v9", "push/nowhere:1.0"]) {
      expect((await cli(["pull", missing], cwd)).exitCode, missing).toBe(3);
    }
  });

  test("never replaces other content unless it is told to; the same content is fine", async () => {
    const cwd = temporaryFolder({ "flow.yaml": workflow("pull-kept") });
    await json(["push", "flow.yaml"], cwd);
    expect(await json(["pull", "pull-kept"], cwd)).toMatchObject({ files: [{ status: "unchanged" }] });
    writeFileSync(join(cwd, "flow.yaml"), "mine");
    const refused = await cli(["pull", "pull-kept"], cwd);
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain("flow.yaml exists with other content; --force replaces it");
    expect(readFileSync(join(cwd, "flow.yaml"), "utf8")).toBe("mine");
    expect(await json(["pull", "pull-kept", "--force"], cwd)).toMatchObject({ files: [{ status: "saved" }] });
    expect(readFileSync(join(cwd, "flow.yaml"), "utf8")).toBe(workflow("pull-kept"));
  });

  test.each(["../out.txt", "/tmp/callsheet-out.txt", "a/../../out.txt", "link/out.txt", "a\\out.txt", "a\nb", "."])(
    "writes nothing outside of its folder, whatever a layer calls itself: %j",
    async (title) => {
      const cwd = temporaryFolder();
      mkdirSync(join(cwd, "in"));
      mkdirSync(join(cwd, "elsewhere"));
      symlinkSync(join(cwd, "elsewhere"), join(cwd, "in", "link"));
      const target = { url: url(), adminToken: env().CALLSHEET_TOKEN ?? "" };
      const repository = `pull/hostile-${digestOf(title).slice(7, 19)}`;
      await pushBytes(target, repository, "{}");
      const digest = await pushBytes(target, repository, "hostile");
      const layer = { digest, size: 7, annotations: { "org.opencontainers.image.title": title } };
      expect((await putManifest(target, repository, "v1", manifestOf([layer]))).status).toBe(201);
      const run = await cli(["pull", `${repository}:v1`, "-o", "in"], cwd);
      expect(run.exitCode).toBe(1);
      expect(run.stderr).toContain("nothing was written there");
      for (const path of ["out.txt", "elsewhere/out.txt"]) expect(existsSync(join(cwd, path))).toBe(false);
      expect(existsSync("/tmp/callsheet-out.txt")).toBe(false);
    },
  );
});

describe("a large file", () => {
  const size = 24 * 1024 * 1024;
  const bytes = randomBytes(size);
  const blob = {
    digest: digestOf(bytes),
    sizeBytes: size,
    read: async (start: number, end: number) => new Uint8Array(bytes.subarray(start, end)),
  };
  const clientOf = (at: string) =>
    createOciClient({ url: at, token: env().CALLSHEET_TOKEN ?? null, userAgent: "test" });

  test("goes on where it was when the line is cut, again and again", async () => {
    const proxy = await cuttingProxy(url(), 6 * 1024 * 1024, 3);
    const breaks: Error[] = [];
    const progress: number[] = [];
    const sent = await pushBlob(clientOf(proxy.url), "push/cut", blob, {
      chunkBytes: 4 * 1024 * 1024,
      onBreak: (failure) => breaks.push(failure),
      onProgress: (done) => progress.push(done),
    });
    expect(sent).toBe(true);
    expect(proxy.cuts()).toBe(3);
    expect(breaks.length).toBeGreaterThan(0);
    // Never from the beginning again.
    expect(progress.filter((done) => done === 0)).toHaveLength(1);
    const stored = await askOci(
      { url: url(), adminToken: env().CALLSHEET_TOKEN ?? "" },
      `/v2/push/cut/blobs/${blob.digest}`,
    );
    expect(digestOf(new Uint8Array(await stored.arrayBuffer()))).toBe(blob.digest);
  });

  test("is gone on with by the next push, where one was given up", async () => {
    const remembered = rememberedUpload(
      { url: url(), repository: "push/later", digest: blob.digest },
      { XDG_CACHE_HOME: temporaryFolder() },
    );
    const chunkBytes = 4 * 1024 * 1024;
    const broken = {
      ...blob,
      read: async (start: number, end: number) => {
        if (start >= 12 * 1024 * 1024) throw new Error("the disk is gone");
        return blob.read(start, end);
      },
    };
    const client = clientOf(url());
    await expect(pushBlob(client, "push/later", broken, { chunkBytes, remembered })).rejects.toThrow(
      "the disk is gone",
    );
    expect(remembered.recall()).toContain("/v2/push/later/blobs/uploads/");
    const progress: number[] = [];
    await pushBlob(client, "push/later", blob, { chunkBytes, remembered, onProgress: (done) => progress.push(done) });
    expect(progress[0]).toBe(12 * 1024 * 1024);
    expect(remembered.recall()).toBeNull();
  });
});
