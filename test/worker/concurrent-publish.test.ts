import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { registerCandidate } from "../../src/operations/registration/register-candidate.ts";
import { aDocument, askJson, change, postDocument, publish, read, readSource } from "../http/a-registry.ts";
import { aCandidate, aWriter, registerBy } from "./a-writer.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

it("lets exactly one of 100 simultaneous publishes of one version win", async () => {
  const answers = await Promise.all(
    numbers(100).map(async (index) => {
      const description = `Written by ${index}.`;
      const response = await postDocument(aDocument("contested", { description }));
      return { status: response.status, description, body: await response.json<{ code?: string }>() };
    }),
  );
  const winners = answers.filter(({ status }) => status === 201);
  expect(winners).toHaveLength(1);
  const losers = answers.filter(({ status }) => status !== 201);
  expect(new Set(losers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(["409 VERSION_TAKEN"]));
  expect(await readSource("contested")).toContain(winners[0]?.description);
  expect(await revisionsOf("contested")).toEqual([1]);
});

it("answers 201 once and 200 to all others when the same document comes 50 times at once", async () => {
  const statuses = await Promise.all(numbers(50).map(async () => (await postDocument(aDocument("repeated"))).status));
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(49);
});

it("lands all of 50 versions that are published at once, with latest at the highest", async () => {
  const versions = numbers(50).map((index) => `1.${index}.0`);
  const shuffled = versions.toSorted(
    (a, b) => ((a.length * 7 + a.charCodeAt(2)) % 5) - ((b.length * 7 + b.charCodeAt(2)) % 5),
  );
  const answers = await Promise.all(shuffled.map((version) => postDocument(aDocument("rising", { version }))));
  expect(answers.map(({ status }) => status)).toEqual(versions.map(() => 201));

  const list = await (await read("/v1/templates/rising/versions?limit=200")).json();
  expect(list).toMatchObject({
    tags: { latest: "1.49.0" },
    versions: versions.toReversed().map((version) => ({ version })),
  });
  expect(await revisionsOf("rising")).toEqual(numbers(50).map((index) => index + 1));
  const { results } = await env.DB.prepare("SELECT to_version FROM tag_move WHERE name = 'rising' ORDER BY id").all();
  expect(results.at(-1)).toEqual({ to_version: "1.49.0" });
});

it("numbers the changes of many names at once without a gap", async () => {
  const before = await highestSeq();
  const documents = numbers(40).map((index) => aDocument(`among_many_${index}`));
  await Promise.all(documents.map((document) => publish(document)));
  expect(await highestSeq()).toBe(before + 40);
});

it("keeps tags and states right when they change while versions are published", async () => {
  await publish(aDocument("busy"));
  await Promise.all([
    ...numbers(10).map((index) => publish(aDocument("busy", { version: `1.${index + 1}.0` }))),
    ...numbers(10).map((index) => change("PUT", `/v1/templates/busy/tags/t${index}`, { version: "1.0.0" })),
    ...numbers(10).map((index) =>
      askJson("POST", "/v1/templates/busy/versions/1.0.0:deprecate", { message: `${index}` }),
    ),
  ]);
  const { tags, versions } = await (await read("/v1/templates/busy/versions")).json<{
    tags: object;
    versions: object[];
  }>();
  expect(Object.keys(tags)).toHaveLength(11);
  expect(tags).toMatchObject({ latest: "1.10.0", t9: "1.0.0" });
  expect(versions).toHaveLength(11);
  expect((await revisionsOf("busy")).length).toBe(31);
});

it("loses no update when two writers of one name race past each other", async () => {
  const writers = [aWriter("twice_written"), aWriter("twice_written")];
  const versions = numbers(20).map((index) => `1.${index}.0`);
  for (const version of versions.slice(0, 2)) {
    for (const writer of writers) await registerBy(writer, aDocument("twice_written", { version }));
  }
  for (const pair of [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => versions.slice(2 + index * 2, 4 + index * 2))) {
    await Promise.all(
      pair.map((version, index) => {
        const writer = writers[index];
        return writer === undefined ? null : registerBy(writer, aDocument("twice_written", { version }));
      }),
    );
  }
  const { results } = await env.DB.prepare("SELECT version FROM artifact_version WHERE name = 'twice_written'").all();
  expect(results).toHaveLength(20);
  expect(await revisionsOf("twice_written")).toEqual(numbers(20).map((index) => index + 1));
  expect(await (await read("/v1/templates/twice_written")).json()).toMatchObject({ version: "1.19.0" });
});

it("lets one of two writers win one version, and tells the other that it is taken", async () => {
  for (const round of numbers(10)) {
    const name = `duel_${round}`;
    const answers = await Promise.all(
      ["one", "two"].map(async (word) =>
        registerCandidate(aWriter(name), await aCandidate(aDocument(name, { description: `By ${word}.` })), word),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ failure: { code: "VERSION_TAKEN" } });
    expect(await revisionsOf(name)).toEqual([1]);
  }
});

async function revisionsOf(name: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare("SELECT revision FROM announcement WHERE name = ? ORDER BY seq")
    .bind(name)
    .all();
  return results.map(({ revision }) => revision);
}

async function highestSeq(): Promise<number> {
  return (await env.DB.prepare("SELECT COALESCE(MAX(seq), 0) AS seq FROM announcement").first<number>("seq")) ?? 0;
}
