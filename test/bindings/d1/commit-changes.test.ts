import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { commitChanges } from "../../../src/bindings/d1/artifact/commit-changes.ts";
import { loadName } from "../../../src/bindings/d1/artifact/load-name.ts";
import { ownOrigin } from "../../../src/contract/access/origin.ts";
import type { NameChange } from "../../../src/domain/registration/name-change.ts";
import { moveTag, publishVersion } from "../../../src/domain/registration/name-change.ts";
import { aDocument } from "../../http/a-registry.ts";
import { broken } from "../../worker/a-broken-env.ts";
import { aCandidate } from "../../worker/a-writer.ts";

const author = { by: "test", at: "2026-01-02T03:04:05.678Z" };

async function publishing(name: string, version = "1.0.0"): Promise<NameChange> {
  const { state } = await loadName(env.DB, "template", name);
  return publishVersion(state, await aCandidate(aDocument(name, { version })), author);
}

it("commits a change with everything that belongs to it, and reads it back as it was", async () => {
  const change = await publishing("committed");
  const seqs = await commitChanges(env.DB, [change], ownOrigin);
  const { state, headSeq, changedAt } = await loadName(env.DB, "template", "committed");
  expect(seqs).toEqual([headSeq]);
  expect(state).toEqual({ ...change.after, seq: headSeq });
  expect(changedAt).toBe(author.at);
});

it("answers null to who was not the first, and leaves nothing of that change", async () => {
  const changes = [await publishing("raced", "1.0.0"), await publishing("raced", "2.0.0")];
  const seqs = await Promise.all(changes.map((change) => commitChanges(env.DB, [change], ownOrigin)));
  expect(seqs.filter((seq) => seq === null)).toHaveLength(1);
  const { state } = await loadName(env.DB, "template", "raced");
  expect(state.revision).toBe(1);
  expect(state.versions).toHaveLength(1);
  const rows = await env.DB.prepare("SELECT count(*) AS n FROM tag_move WHERE name = 'raced'").first("n");
  expect(rows).toBe(1);
  const audited = await env.DB.prepare(
    "SELECT count(*) AS n FROM audit_entry WHERE subject LIKE 'templates/raced@%'",
  ).first("n");
  expect(audited).toBe(1);
});

it("commits changes of several names all or not at all", async () => {
  const taken = await publishing("taken");
  await commitChanges(env.DB, [taken], ownOrigin);
  expect(await commitChanges(env.DB, [await publishing("fresh"), taken], ownOrigin)).toBeNull();
  expect((await loadName(env.DB, "template", "fresh")).state.revision).toBe(0);

  const both = [await publishing("fresh"), await publishing("fresher")];
  const seqs = (await commitChanges(env.DB, both, ownOrigin)) ?? [];
  expect(seqs).toHaveLength(2);
  expect((await loadName(env.DB, "template", "fresh")).state.seq).toBe(seqs[0]);
  expect((await loadName(env.DB, "template", "fresher")).state.seq).toBe(seqs[1]);
});

it("keeps a later commit's effects pending, in place of an earlier one's", async () => {
  await commitChanges(env.DB, [await publishing("twice")], ownOrigin);
  const { state } = await loadName(env.DB, "template", "twice");
  const seqs = await commitChanges(env.DB, [moveTag(state, "stable", "1.0.0", null, author)], ownOrigin);
  const pending = await env.DB.prepare("SELECT seq FROM pending_effect WHERE name = 'twice'").all();
  expect(pending.results).toEqual([{ seq: seqs?.[0] }]);
});

it("throws an outage, which is no lost race", async () => {
  await expect(async () => commitChanges(broken(env.DB), [await publishing("unreachable")], ownOrigin)).rejects.toThrow(
    "lost",
  );
});

it("never numbers two changes alike, nor out of order", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `numbered_${index}`);
  const changes = await Promise.all(names.map((name) => publishing(name)));
  const seqs = (await Promise.all(changes.map((change) => commitChanges(env.DB, [change], ownOrigin)))).flatMap(
    (seq) => seq ?? [],
  );
  expect(new Set(seqs).size).toBe(20);
  expect(Math.max(...seqs) - Math.min(...seqs)).toBe(19);
});
