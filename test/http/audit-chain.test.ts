import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { auditHead } from "../../src/contract/access/audit.ts";
import { findBreak } from "../../src/domain/access/find-break.ts";
import { auditAct } from "../../src/operations/access/audit-act.ts";
import { sealAudit } from "../../src/operations/access/seal-audit.ts";
import { aDocument, ask, askJson, postDocument } from "./a-registry.ts";
import { exportedLog } from "./an-audit-log.ts";

const origin = { request_id: null, token_id: null, address: null };
const needs = { db: env.DB, now: () => new Date() };

async function head() {
  return auditHead.parse(await (await ask("GET", "/v1/audit/head")).json());
}

it("begins with an empty chain", async () => {
  expect(await head()).toEqual({ seq: 0, hash: "0".repeat(64), unsealed: 0 });
  expect(await exportedLog()).toEqual([]);
});

it("gives entries the same hashes whoever seals them, and however many at once", async () => {
  const before = (await exportedLog()).length;
  const acting = Array.from({ length: 40 }, async (_, at) => {
    await auditAct(needs, { actor: `actor ${at}`, operation: "test", subject: `é "${at}" \ud83d\ude00`, origin });
    await Promise.all([sealAudit(env.DB), sealAudit(env.DB)]);
  });
  await Promise.all(acting);
  const all = await exportedLog();
  expect(all).toHaveLength(before + 40);
  expect(all.every(({ hash }) => hash !== null)).toBe(true);
  expect(findBreak(all, null)).toBeNull();
  expect(await head()).toEqual({ seq: all.at(-1)?.seq, hash: all.at(-1)?.hash, unsealed: 0 });
});

it("makes one unbroken chain of 200 acts at once, each exactly once", async () => {
  const before = (await exportedLog()).length;
  const publishing = Array.from({ length: 40 }, (_, at) => postDocument(aDocument(`chained_${at}`)));
  const acting = Array.from({ length: 160 }, (_, at) =>
    askJson("POST", "/v1/tokens", { name: `chained ${at}`, scopes: ["read"] }),
  );
  const statuses = (await Promise.all([...publishing, ...acting])).map(({ status }) => status);
  expect(statuses).toEqual(Array.from({ length: 200 }, () => 201));
  const all = await exportedLog();
  expect(findBreak(all, null)).toBeNull();
  expect(all).toHaveLength(before + 200);
  const subjects = all.slice(before).map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(200);
});

it("exports a log of many slices whole, on from any entry too", async () => {
  const row =
    "INSERT INTO audit_entry (at, actor, operation, outcome, details) SELECT '2026-01-01', value, 'many', 'done', '{}'";
  const values = JSON.stringify(Array.from({ length: 2500 }, (_, at) => String(at)));
  await env.DB.prepare(`${row} FROM json_each(?)`).bind(values).run();
  const all = await exportedLog();
  expect(all.filter(({ operation }) => operation === "many")).toHaveLength(2500);
  expect(findBreak(all, null)).toBeNull();
  const from = all[1234];
  if (from?.hash == null) throw new Error("there are more");
  const rest = await exportedLog(`?after_seq=${from.seq}`);
  expect(rest).toEqual(all.slice(1235));
  expect(findBreak(rest, { seq: from.seq, hash: from.hash })).toBeNull();
});

// The last one: it breaks the log.
it("shows a row that was changed behind D1's back, and where", async () => {
  const [, , third] = await exportedLog();
  await env.DB.batch([
    env.DB.prepare("DROP TRIGGER audit_entry_sealed_once"),
    env.DB.prepare("UPDATE audit_entry SET actor = 'somebody else' WHERE seq = ?").bind(third?.seq ?? 0),
  ]);
  expect(findBreak(await exportedLog(), null)).toEqual({
    seq: third?.seq,
    reason: expect.stringContaining("was changed"),
  });
});
