import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import type { Field } from "../../src/contract/template/field.ts";
import { checkFiles } from "../../src/operations/file/check-files.ts";
import { aPng, bytesOf, sendFile, someBytes } from "./a-file.ts";
import { ask } from "./a-registry.ts";

const check = (fields: Record<string, Field>, values: Record<string, unknown>, start?: string) =>
  checkFiles({ db: env.DB }, fields, values, start);
const missing = `sha256:${"1".repeat(64)}`;

/** What is wrong, as `path code`. */
async function findings(fields: Record<string, Field>, values: Record<string, unknown>, start?: string) {
  const checked = await check(fields, values, start);
  return checked.ok ? [] : checked.failure.map(({ path, code }) => `${path} ${code}`);
}

it("finds files in lists and objects, and answers each once", async () => {
  const [a, b] = [await sendFile(someBytes(10), "?name=a.bin"), await sendFile(someBytes(20))];
  const fields: Record<string, Field> = {
    one: { type: "file" },
    many: { type: "array", items: { type: "file" } },
    deep: {
      type: "object",
      properties: { inner: { type: "array", items: { type: "object", properties: { f: { type: "file" } } } } },
    },
    text: { type: "string" },
    open: { type: "object" },
  };
  const values = {
    one: a.digest,
    many: [a.digest, b.digest, a.digest],
    deep: { inner: [{ f: b.digest }, {}] },
    text: missing,
    open: { f: missing },
  };
  const checked = await check(fields, values);
  expect(checked.ok && checked.value.map(({ digest }) => digest).sort()).toEqual([a.digest, b.digest].sort());
  expect(checked).toMatchObject({
    ok: true,
    value: expect.arrayContaining([
      { digest: a.digest, size_bytes: 10, media_type: "application/octet-stream", name: "a.bin" },
    ]),
  });
});

it("tells every file that is not here, with its place and what to do", async () => {
  const fields: Record<string, Field> = {
    one: { type: "file" },
    "a/b": { type: "array", items: { type: "file", nullable: true } },
  };
  const here = (await sendFile(someBytes(10))).digest;
  const values = { one: missing, "a/b": [here, null, missing, "@not-resolved", 7] };
  expect(await findings(fields, values, "/inputs")).toEqual([
    "/inputs/one file_not_found",
    "/inputs/a~1b/2 file_not_found",
    "/inputs/a~1b/3 file_reference_invalid",
    "/inputs/a~1b/4 file_reference_invalid",
  ]);
  const checked = await check(fields, values);
  expect(checked.ok ? "" : checked.failure[0]?.suggestion).toContain("POST /v1/files");
});

it("checks size, media type and format, all at once", async () => {
  const png = await sendFile(aPng("check"), "?name=photo.png");
  const one = (field: object) => findings({ f: { type: "file", ...field } }, { f: png.digest });
  expect(await one({ max_size: png.size_bytes, mime_types: ["image/*"], format: ["png"] })).toEqual([]);
  expect(await one({ max_size: png.size_bytes - 1, mime_types: ["image/jpeg", "video/*"], format: ["jpg"] })).toEqual([
    "/f file_too_large",
    "/f file_wrong_media_type",
    "/f file_wrong_format",
  ]);
});

it("goes by the content of a file, not by its name, where the content tells", async () => {
  const disguised = await sendFile(aPng("disguised"), "?name=scan.jpg", { type: "image/jpeg" });
  const check = (format: string[]) => findings({ f: { type: "file", format } }, { f: disguised.digest });
  expect(await check(["jpg"])).toEqual(["/f file_wrong_format"]);
  expect(await check(["png"])).toEqual([]);
});

it("holds what it answers: a file that is about to be swept is not", async () => {
  const [held, left] = [await sendFile(bytesOf("held")), await sendFile(bytesOf("left"))];
  const old = new Date(Date.now() - (limits.unusedFileSeconds - 60) * 1000).toISOString();
  for (const { digest } of [held, left]) {
    await env.DB.prepare("UPDATE file SET touched_at = ? WHERE digest = ?").bind(old, digest).run();
  }
  expect(await findings({ f: { type: "file" } }, { f: held.digest })).toEqual([]);
  const touched = async (digest: string) =>
    env.DB.prepare("SELECT touched_at FROM file WHERE digest = ?").bind(digest).first("touched_at");
  expect(await touched(left.digest)).toBe(old);
  expect(Date.parse(String(await touched(held.digest)))).toBeGreaterThan(Date.now() - 60_000);
});

it("holds a file whose facts someone asks for, so that they may rely on them", async () => {
  const { digest } = await sendFile(bytesOf("asked for"));
  const old = new Date(Date.now() - (limits.unusedFileSeconds - 60) * 1000).toISOString();
  await env.DB.prepare("UPDATE file SET touched_at = ? WHERE digest = ?").bind(old, digest).run();
  expect((await ask("GET", `/v1/files/${digest}/facts`)).status).toBe(200);
  const touched = await env.DB.prepare("SELECT touched_at FROM file WHERE digest = ?").bind(digest).first("touched_at");
  expect(Date.parse(String(touched))).toBeGreaterThan(Date.now() - 60_000);
});

it("takes as many files as a run may have, and refuses more", async () => {
  const digestOf = (index: number) => `sha256:${index.toString(16).padStart(64, "0")}`;
  await env.DB.prepare(
    `INSERT INTO file (digest, size_bytes, media_type, name, created_at, created_by, touched_at)
     SELECT value, 1, 'text/plain', NULL, '2026-01-01', 'test', '2026-01-01' FROM json_each(?)`,
  )
    .bind(JSON.stringify(Array.from({ length: limits.filesPerRun }, (_, index) => digestOf(index))))
    .run();
  const fields: Record<string, Field> = { f: { type: "array", items: { type: "file" } } };
  const values = (count: number) => ({ f: Array.from({ length: count }, (_, index) => digestOf(index)) });
  const checked = await check(fields, values(limits.filesPerRun));
  expect(checked.ok && checked.value.length).toBe(limits.filesPerRun);
  expect(await findings(fields, values(limits.filesPerRun + 1), "/inputs")).toEqual(["/inputs too_many_files"]);
});
