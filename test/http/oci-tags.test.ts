import { expect, it } from "vitest";
import { ask } from "./a-registry.ts";
import { anImage, aRepository, get, ociRefusalOf, push } from "./an-image.ts";

async function tagsOf(path: string): Promise<{ tags: string[]; link: string | null }> {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  const told: { name: string; tags: string[] } = await answer.json();
  expect(path.startsWith(`${told.name}/`)).toBe(true);
  return { tags: told.tags, link: answer.headers.get("link") };
}

async function tagged(tags: readonly string[]): Promise<string> {
  const repository = aRepository();
  await push(repository, `first?${tags.map((tag) => `tag=${tag}`).join("&")}`, await anImage(repository));
  expect((await ask("DELETE", `/v2/${repository}/manifests/first`)).status).toBe(202);
  return repository;
}

it("lists tags in the order of their bytes, all of them or by pages", async () => {
  const repository = await tagged(["b", "a", "B", "_x", "10", "9", "a.1", "a-1"]);
  const all = ["10", "9", "B", "_x", "a", "a-1", "a.1", "b"];
  expect(await tagsOf(`${repository}/tags/list`)).toEqual({ tags: all, link: null });
  expect(await tagsOf(`${repository}/tags/list?n=8`)).toEqual({ tags: all, link: null });
  expect(await tagsOf(`${repository}/tags/list?n=100000000000`)).toEqual({ tags: all, link: null });
  const found: string[] = [];
  for (let path: string | null = `${repository}/tags/list?n=3`; path !== null; ) {
    const { tags, link } = await tagsOf(path);
    found.push(...tags);
    const next: string | null = link === null ? null : (/^<\/v2\/(.+)>; rel="next"$/.exec(link)?.[1] ?? "");
    expect(tags).toHaveLength(next === null ? 2 : 3);
    path = next;
  }
  expect(found).toEqual(all);
});

it("lists nothing for n=0, without a Link", async () => {
  const repository = await tagged(["a", "b"]);
  expect(await tagsOf(`${repository}/tags/list?n=0`)).toEqual({ tags: [], link: null });
});

it("lists what comes after last, be it a tag or not", async () => {
  const repository = await tagged(["a", "c", "e"]);
  expect((await tagsOf(`${repository}/tags/list?last=c`)).tags).toEqual(["e"]);
  expect((await tagsOf(`${repository}/tags/list?last=b`)).tags).toEqual(["c", "e"]);
  expect((await tagsOf(`${repository}/tags/list?n=1&last=a`)).tags).toEqual(["c"]);
  expect((await tagsOf(`${repository}/tags/list?last=z`)).tags).toEqual([]);
});

it("lists what is there after every push and every deletion", async () => {
  const repository = await tagged(["a"]);
  for (const tag of ["b", "c", "d"]) {
    const digest = await push(repository, tag, await anImage(repository, { annotations: { tag } }));
    expect((await tagsOf(`${repository}/tags/list`)).tags).toEqual(["a", tag]);
    await ask("DELETE", `/v2/${repository}/manifests/${tag === "c" ? digest : tag}`);
    expect((await tagsOf(`${repository}/tags/list`)).tags).toEqual(["a"]);
  }
});

it.each(["-1", "x", "1.5", "1e3", "9".repeat(30)])("refuses n=%s", async (n) => {
  const repository = await tagged(["a"]);
  await ociRefusalOf(await get(`${repository}/tags/list?n=${n}`), 400, "UNSUPPORTED");
});

it("lists no digests, nothing of a repository whose name begins alike, and an empty list where all is untagged", async () => {
  const repository = await tagged(["a"]);
  await push(`${repository}x`, "other", await anImage(`${repository}x`));
  expect((await tagsOf(`${repository}/tags/list`)).tags).toEqual(["a"]);
  await ask("DELETE", `/v2/${repository}/manifests/a`);
  expect((await tagsOf(`${repository}/tags/list`)).tags).toEqual([]);
});

it("does not know a repository to which nothing was pushed", async () => {
  await ociRefusalOf(await get(`${aRepository()}/tags/list`), 404, "NAME_UNKNOWN");
  await ociRefusalOf(await get("templates/tags/list"), 404, "NAME_UNKNOWN");
});
