import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goTool } from "../conformance/go-tools.ts";
import { digestOf } from "./support/oci-calls.ts";
import { type OciProgram, ociProgram } from "./support/oci-program.ts";
import { ociRegistry } from "./support/oci-registry.ts";

const program = await goTool("oras");
const orasTest = test.skipIf(program === null);
const first = ociRegistry();
const second = ociRegistry();

const files = { "model.txt": "weights\n", "card.md": "# About it\n", "signature.txt": "signed\n" };

/** The real oras, logged in to both registries. */
async function loggedIn(): Promise<OciProgram> {
  const oras = ociProgram(program ?? "", files);
  for (const one of [first, second])
    await oras.ok(["login", one.host(), "-u", "anyone", "--password-stdin"], { input: one.token() });
  return oras;
}

orasTest("oras logs in with a token, is told when it is wrong, and logs out", async () => {
  const oras = ociProgram(program ?? "", files);
  const wrong = await oras.run(["login", first.host(), "-u", "anyone", "--password-stdin"], { input: "not-the-token" });
  expect(wrong.exitCode).not.toBe(0);
  expect(wrong.stderr).toContain("the password is no token that this registry knows");

  const login = await oras.ok(["login", first.host(), "-u", "anyone", "--password-stdin"], { input: first.token() });
  expect(login).toContain("Login Succeeded");
  await oras.ok(["push", `${first.host()}/oras/login:v1`, "model.txt:text/plain"]);

  await oras.ok(["logout", first.host()]);
  const refused = await oras.run(["push", `${first.host()}/oras/login:v2`, "card.md:text/markdown"]);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toMatch(/401|403|unauthorized|denied/i);
  // Reading needs no login.
  await oras.ok(["pull", `${first.host()}/oras/login:v1`, "-o", "pulled"]);
  expect(readFileSync(join(oras.home, "pulled", "model.txt"), "utf8")).toBe(files["model.txt"]);
});

orasTest("what oras pushes it finds again: by pull, listing, tag and digest", async () => {
  const oras = await loggedIn();
  const name = `${first.host()}/oras/models/small`;
  const pushed = JSON.parse(
    await oras.ok(["push", `${name}:v1,v1.0`, "model.txt:text/plain", "card.md:text/markdown", "--format", "json"]),
  );
  await oras.ok(["pull", `${name}:v1.0`, "-o", "out"]);
  for (const [file, content] of Object.entries(files).slice(0, 2))
    expect(readFileSync(join(oras.home, "out", file), "utf8")).toBe(content);

  expect((await oras.ok(["repo", "ls", first.host()])).split("\n")).toContain("oras/models/small");
  expect(await oras.ok(["repo", "ls", `${first.host()}/oras/models`])).toBe("small\n");
  expect(await oras.ok(["repo", "tags", name])).toBe("v1\nv1.0\n");
  expect((await oras.ok(["resolve", `${name}:v1`])).trim()).toBe(pushed.digest);

  const manifest = await oras.ok(["manifest", "fetch", `${name}:v1`]);
  expect(digestOf(manifest)).toBe(pushed.digest);
  expect(await oras.ok(["manifest", "fetch", `${name}@${pushed.digest}`])).toBe(manifest);
  const descriptor = JSON.parse(await oras.ok(["manifest", "fetch", "--descriptor", `${name}:v1`]));
  expect(descriptor).toMatchObject({ digest: pushed.digest, size: Buffer.byteLength(manifest) });
  expect(JSON.parse(await oras.ok(["manifest", "fetch-config", `${name}:v1`]))).toEqual({});

  await oras.ok(["tag", `${name}:v1`, "stable", "canary"]);
  expect(await oras.ok(["repo", "tags", name])).toBe("canary\nstable\nv1\nv1.0\n");
  expect((await oras.ok(["resolve", `${name}:canary`])).trim()).toBe(pushed.digest);
});

orasTest("oras pushes, fetches and deletes single blobs", async () => {
  const oras = await loggedIn();
  const name = `${first.host()}/oras/blobs`;
  const digest = digestOf(files["model.txt"]);
  await oras.ok(["blob", "push", `${name}@${digest}`, "model.txt"]);
  expect(await oras.ok(["blob", "fetch", "--output", "-", `${name}@${digest}`])).toBe(files["model.txt"]);
  expect(JSON.parse(await oras.ok(["blob", "fetch", "--descriptor", `${name}@${digest}`]))).toMatchObject({
    digest,
    size: 8,
  });
  await oras.ok(["blob", "delete", "--force", `${name}@${digest}`]);
  const gone = await oras.run(["blob", "fetch", "--output", "-", `${name}@${digest}`]);
  expect(gone.exitCode).not.toBe(0);
  expect(gone.stderr).toContain("not found");
});

orasTest("what is attached is discovered, filtered by type, and gone after its deletion", async () => {
  const oras = await loggedIn();
  const name = `${first.host()}/oras/attached`;
  await oras.ok(["push", `${name}:v1`, "model.txt:text/plain"]);
  const attach = (type: string, file: string) =>
    oras.ok(["attach", `${name}:v1`, "--artifact-type", type, "--annotation", `of=${file}`, `${file}:text/plain`]);
  await attach("application/vnd.test.signature+v1", "signature.txt");
  await attach("application/vnd.test.card", "card.md");

  const discover = async (...more: string[]) =>
    JSON.parse(await oras.ok(["discover", "--format", "json", ...more, `${name}:v1`])).referrers;
  const both: { artifactType: string; digest: string; annotations: Record<string, string> }[] = await discover();
  expect(both.map((one) => one.artifactType).toSorted()).toEqual([
    "application/vnd.test.card",
    "application/vnd.test.signature+v1",
  ]);
  const [signature] = await discover("--artifact-type", "application/vnd.test.signature+v1");
  expect(signature.annotations).toMatchObject({ of: "signature.txt" });

  // Neither became a tag, as the fallback for registries without the referrers API would have made them.
  expect(await oras.ok(["repo", "tags", name])).toBe("v1\n");
  await oras.ok(["manifest", "delete", "--force", `${name}@${signature.digest}`]);
  expect((await discover()).map((one: { artifactType: string }) => one.artifactType)).toEqual([
    "application/vnd.test.card",
  ]);
});

orasTest("a copy has the same digest: to another repository, to another registry, with its referrers", async () => {
  const oras = await loggedIn();
  const from = `${first.host()}/oras/original:v1`;
  await oras.ok(["push", from, "model.txt:text/plain"]);
  await oras.ok(["attach", from, "--artifact-type", "application/vnd.test.card", "card.md:text/markdown"]);
  const digest = await oras.ok(["resolve", from]);
  for (const to of [`${first.host()}/oras/copied:v1`, `${second.host()}/oras/moved/copied:v1`]) {
    await oras.ok(["cp", "--recursive", from, to]);
    expect(await oras.ok(["resolve", to])).toBe(digest);
    expect(JSON.parse(await oras.ok(["discover", "--format", "json", to])).referrers).toHaveLength(1);
  }
  await oras.ok(["pull", `${second.host()}/oras/moved/copied:v1`, "-o", "moved"]);
  expect(readFileSync(join(oras.home, "moved", "model.txt"), "utf8")).toBe(files["model.txt"]);
});

orasTest("a backup of a repository is restored elsewhere with the same digests", async () => {
  const oras = await loggedIn();
  const name = `${first.host()}/oras/kept`;
  await oras.ok(["push", `${name}:v1`, "model.txt:text/plain"]);
  await oras.ok(["push", `${name}:v2`, "card.md:text/markdown"]);
  await oras.ok(["attach", `${name}:v2`, "--artifact-type", "application/vnd.test.sig", "signature.txt:text/plain"]);
  await oras.ok(["backup", "--output", "kept.tar", "--include-referrers", name]);
  await oras.ok(["restore", "--input", "kept.tar", `${second.host()}/oras/restored`]);
  expect(await oras.ok(["repo", "tags", `${second.host()}/oras/restored`])).toBe("v1\nv2\n");
  for (const tag of ["v1", "v2"])
    expect(await oras.ok(["resolve", `${second.host()}/oras/restored:${tag}`])).toBe(
      await oras.ok(["resolve", `${name}:${tag}`]),
    );
  await oras.ok(["cp", "--to-oci-layout", `${name}:v1`, "layout:v1"]);
  await oras.ok(["cp", "--from-oci-layout", "layout:v1", `${second.host()}/oras/from-layout:v1`]);
  expect(await oras.ok(["resolve", `${second.host()}/oras/from-layout:v1`])).toBe(
    await oras.ok(["resolve", `${name}:v1`]),
  );
});

orasTest("oras deletes a manifest with all its tags, and leaves the other", async () => {
  const oras = await loggedIn();
  const name = `${first.host()}/oras/deleted`;
  await oras.ok(["push", `${name}:v1,also-v1`, "model.txt:text/plain"]);
  await oras.ok(["push", `${name}:v2`, "card.md:text/markdown"]);
  await oras.ok(["manifest", "delete", "--force", `${name}:v1`]);
  expect(await oras.ok(["repo", "tags", name])).toBe("v2\n");
  const gone = await oras.run(["pull", `${name}:also-v1`]);
  expect(gone.exitCode).not.toBe(0);
  expect(gone.stderr).toContain("not found");
  // What was deleted can be pushed again.
  await oras.ok(["push", `${name}:v1`, "model.txt:text/plain"]);
  await oras.ok(["pull", `${name}:v1`, "-o", "again"]);
  expect(readFileSync(join(oras.home, "again", "model.txt"), "utf8")).toBe(files["model.txt"]);
});
