import { expect, it } from "vitest";
import { changeAnswer, tagAnswer } from "../../src/contract/artifact/resolved.ts";
import { tagHistory, tagList } from "../../src/contract/http/tag-routes.ts";
import { aDocument, aName, ask, askJson, change, publish, read, refusalOf } from "./a-registry.ts";

async function published(...versions: string[]): Promise<string> {
  const name = aName("tagged");
  for (const version of versions) await publish(aDocument(name, { version }));
  return name;
}

const pathOf = (name: string, tag: string) => `/v1/templates/${name}/tags/${tag}`;

it("creates, moves and deletes a tag", async () => {
  const name = await published("1.0.0", "1.1.0");
  const created = await askJson("PUT", pathOf(name, "stable"), { version: "1.0.0" });
  expect(changeAnswer.parse(await created.json())).toMatchObject({
    changed: true,
    tags: { latest: "1.1.0", stable: "1.0.0" },
    version: { version: "1.0.0" },
  });
  const told = tagAnswer.parse(await (await read(pathOf(name, "stable"))).json());
  expect(told).toMatchObject({ name, tag: "stable", version: "1.0.0" });

  await change("PUT", pathOf(name, "stable"), { version: "1.1.0" });
  expect(await (await read(`/v1/templates/${name}@stable`)).json()).toMatchObject({ version: "1.1.0" });
  const gone = await change("DELETE", pathOf(name, "stable"));
  expect(gone).toMatchObject({ changed: true, tags: { latest: "1.1.0" } });
  expect((await refusalOf(await read(pathOf(name, "stable")), 404)).code).toBe("TAG_NOT_FOUND");
});

it("lists all tags of a name, by tag", async () => {
  const name = await published("1.0.0", "1.1.0");
  for (const tag of ["stable", "canary"]) await change("PUT", pathOf(name, tag), { version: "1.0.0" });
  const { tags } = tagList.parse(await (await read(`/v1/templates/${name}/tags`)).json());
  expect(tags.map(({ tag, version }) => [tag, version])).toEqual([
    ["canary", "1.0.0"],
    ["latest", "1.1.0"],
    ["stable", "1.0.0"],
  ]);
});

it("keeps every move, with who, why, from and to, newest first, also of a deleted tag", async () => {
  const name = await published("1.0.0", "1.1.0");
  await change("PUT", pathOf(name, "stable"), { version: "1.0.0", reason: "first" });
  await change("PUT", pathOf(name, "stable"), { version: "1.1.0", reason: "better" });
  await change("PUT", pathOf(name, "stable"), { version: "1.0.0", reason: "rolled back" });
  await change("DELETE", `${pathOf(name, "stable")}?reason=enough`);
  const { moves } = tagHistory.parse(await (await read(`${pathOf(name, "stable")}/history`)).json());
  expect(
    moves.map(({ from_version, to_version, reason, moved_by }) => [from_version, to_version, reason, moved_by]),
  ).toEqual([
    ["1.0.0", null, "enough", "admin"],
    ["1.1.0", "1.0.0", "rolled back", "admin"],
    ["1.0.0", "1.1.0", "better", "admin"],
    [null, "1.0.0", "first", "admin"],
  ]);
});

it("keeps the moves of latest, which the registry makes itself", async () => {
  const name = await published("1.0.0", "1.1.0", "1.0.1");
  await change("POST", `/v1/templates/${name}/versions/1.1.0:yank`);
  const { moves } = tagHistory.parse(await (await read(`${pathOf(name, "latest")}/history`)).json());
  expect(moves.map(({ to_version, reason }) => [to_version, reason])).toEqual([
    ["1.0.1", "yanked 1.1.0"],
    ["1.1.0", "published 1.1.0"],
    ["1.0.0", "published 1.0.0"],
  ]);
});

it("pages through a history without losing or repeating a move", async () => {
  const name = await published("1.0.0", "1.1.0");
  for (let move = 0; move < 7; move++) {
    await change("PUT", pathOf(name, "stable"), { version: move % 2 === 0 ? "1.0.0" : "1.1.0", reason: `${move}` });
  }
  const reasons: (string | null)[] = [];
  let path: string | null = `${pathOf(name, "stable")}/history?limit=3`;
  while (path !== null) {
    const response: Response = await read(path);
    const { moves } = tagHistory.parse(await response.json());
    reasons.push(...moves.map(({ reason }) => reason));
    path = /^<([^>]+)>/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
  }
  expect(reasons).toEqual(["6", "5", "4", "3", "2", "1", "0"]);
});

it("adds nothing to the history when a tag already is where it shall be", async () => {
  const name = await published("1.0.0");
  const first = await change("PUT", pathOf(name, "stable"), { version: "1.0.0" });
  expect(await change("PUT", pathOf(name, "stable"), { version: "1.0.0" })).toMatchObject({
    changed: false,
    seq: first.seq,
  });
  const { moves } = tagHistory.parse(await (await read(`${pathOf(name, "stable")}/history`)).json());
  expect(moves).toHaveLength(1);
});

it("does not let anyone move or delete latest", async () => {
  const name = await published("1.0.0", "1.1.0");
  const moved = await askJson("PUT", pathOf(name, "latest"), { version: "1.0.0" });
  expect((await refusalOf(moved, 409)).code).toBe("TAG_RESERVED");
  expect((await refusalOf(await ask("DELETE", pathOf(name, "latest")), 409)).code).toBe("TAG_RESERVED");
});

it.each(["1", "1.0.0", "x", "x.1", "^1", "-a", ".a", "a b", "sha256:0", "a".repeat(129), "ü"])(
  "refuses %s as a tag: a selector means one thing",
  async (tag) => {
    const name = await published("1.0.0");
    await refusalOf(await askJson("PUT", pathOf(name, encodeURIComponent(tag)), { version: "1.0.0" }), 400);
  },
);

it.each(["constructor", "toString", "hasOwnProperty", "valueOf", "_proto_", "prototype"])(
  "takes %s for a tag like any other",
  async (tag) => {
    const name = await published("1.0.0");
    expect((await refusalOf(await read(pathOf(name, tag)), 404)).code).toBe("TAG_NOT_FOUND");
    await change("PUT", pathOf(name, tag), { version: "1.0.0", reason: "odd" });
    expect(await (await read(`/v1/templates/${name}@${tag}`)).json()).toMatchObject({ version: "1.0.0" });
    await change("DELETE", pathOf(name, tag));
    const { moves } = tagHistory.parse(await (await read(`${pathOf(name, tag)}/history`)).json());
    expect(moves.map(({ from_version, to_version }) => [from_version, to_version])).toEqual([
      ["1.0.0", null],
      [null, "1.0.0"],
    ]);
  },
);

it("refuses __proto__ as a tag", async () => {
  const name = await published("1.0.0");
  await refusalOf(await askJson("PUT", pathOf(name, "__proto__"), { version: "1.0.0" }), 400);
});

it("refuses a version that is yanked or not there", async () => {
  const name = await published("1.0.0", "1.1.0");
  await change("POST", `/v1/templates/${name}/versions/1.1.0:yank`);
  expect((await refusalOf(await askJson("PUT", pathOf(name, "stable"), { version: "1.1.0" }), 409)).code).toBe(
    "STATE_CONFLICT",
  );
  expect((await refusalOf(await askJson("PUT", pathOf(name, "stable"), { version: "9.0.0" }), 404)).code).toBe(
    "VERSION_NOT_FOUND",
  );
  expect((await refusalOf(await askJson("PUT", pathOf(aName(), "stable"), { version: "9.0.0" }), 404)).code).toBe(
    "NAME_NOT_FOUND",
  );
  expect((await refusalOf(await ask("DELETE", pathOf(name, "never_there")), 404)).code).toBe("TAG_NOT_FOUND");
  await refusalOf(await askJson("PUT", pathOf(name, "stable"), { version: "^1" }), 400);
});
