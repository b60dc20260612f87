import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import type { AuditEntry } from "../../src/contract/access/audit.ts";
import { aTemplateText, pushText } from "./a-pushed-artifact.ts";
import { aDocument, ask, askJson, change, postBatch, postDocument, read, refusalOf } from "./a-registry.ts";
import { aFunctionText } from "./a-source.ts";
import { auditEntries, entriesOf, exportedLog } from "./an-audit-log.ts";

const told = ({ operation, subject }: AuditEntry) => `${operation} ${subject}`;

it("has every change of a name, with who made it, why, and by which request", async () => {
  const published = await postDocument(aDocument("audited_life"));
  await postDocument(aDocument("audited_life", { version: "1.1.0" }));
  await change("PUT", "/v1/templates/audited_life/tags/stable", { version: "1.0.0" });
  await change("POST", "/v1/templates/audited_life/versions/1.0.0:deprecate", { message: "use 1.1.0" });
  await change("POST", "/v1/templates/audited_life/versions/1.0.0:yank", {});
  await change("POST", "/v1/templates/audited_life/versions/1.0.0:restore", {});
  await change("DELETE", "/v1/templates/audited_life/tags/stable");
  await change("DELETE", "/v1/templates/audited_life/versions/1.0.0");

  const found = (await auditEntries({ subject: "templates/audited_life*" })).reverse();
  expect(found.map(told)).toEqual([
    "version.published templates/audited_life@1.0.0",
    "version.published templates/audited_life@1.1.0",
    "tag.moved templates/audited_life:stable",
    "version.deprecated templates/audited_life@1.0.0",
    "version.yanked templates/audited_life@1.0.0",
    "version.restored templates/audited_life@1.0.0",
    "tag.removed templates/audited_life:stable",
    "version.deleted templates/audited_life@1.0.0",
  ]);
  const requestId = published.headers.get("x-request-id");
  expect(found[0]).toMatchObject({ actor: "admin", outcome: "done", code: null, request_id: requestId });
  expect(found[3]?.details).toMatchObject({ reason: "use 1.1.0" });
  expect(found[2]?.details.tags).toEqual([{ tag: "stable", from_version: null, to_version: "1.0.0" }]);
  const announced = await env.DB.prepare("SELECT seq FROM announcement WHERE name = 'audited_life' ORDER BY seq").all();
  expect(found.map(({ details }) => ({ seq: details.seq }))).toEqual(announced.results);
});

it("has one entry for each name that a request changes, and none for what changes nothing", async () => {
  const both = [aDocument("audited_one"), aDocument("audited_two")];
  const batch = await postBatch(both);
  expect((await entriesOf(batch)).map(told).sort()).toEqual([
    "version.published templates/audited_one@1.0.0",
    "version.published templates/audited_two@1.0.0",
  ]);
  expect((await postBatch(both)).status).toBe(200);
  expect((await postDocument(aDocument("audited_one", { version: "2.0.0" }), "?dry_run=true")).status).toBe(200);
  expect((await postDocument(aDocument("audited_one", { description: "Other." }))).status).toBe(409);
  expect((await postDocument({ template: { id: "audited_one" } })).status).toBe(422);
  expect(await auditEntries({ subject: "templates/audited_one*" })).toHaveLength(1);
});

it("tells where a request came from", async () => {
  const headers = { "CF-Connecting-IP": "203.0.113.9" };
  const body = JSON.stringify(aDocument("audited_address"));
  const response = await ask("POST", "/v1/templates", { body, type: "application/json", headers });
  expect(await entriesOf(response)).toMatchObject([{ address: "203.0.113.9" }]);
});

it("filters by each of what an entry says, and pages without loss", async () => {
  const begun = new Date().toISOString();
  for (const name of ["audited_page_a", "audited_page_b", "audited_page_c"]) await postDocument(aDocument(name));
  const pages: AuditEntry[] = [];
  let path: string | null = `/v1/audit?subject=${encodeURIComponent("templates/audited_page_*")}&limit=1`;
  while (path !== null) {
    const response = await ask("GET", path);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const page: { items: AuditEntry[]; next_cursor: string | null } = await response.json();
    pages.push(...page.items);
    path = /<([^>]+)>/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
    expect(path === null).toBe(page.next_cursor === null);
  }
  expect(pages.map(({ subject }) => subject)).toEqual(
    ["c", "b", "a"].map((end) => `templates/audited_page_${end}@1.0.0`),
  );
  const [newest] = pages;
  if (newest === undefined) throw new Error("there are three");
  const all = { actor: "admin", operation: "version.published", subject: newest.subject ?? "", since: begun };
  expect(await auditEntries({ ...all, request_id: newest.request_id ?? "" })).toEqual([newest]);
  for (const other of [
    { actor: "nobody" },
    { operation: "tag.moved" },
    { until: begun },
    { token_id: "tok_0000000000000000" },
  ]) {
    expect(await auditEntries({ ...all, ...other })).toEqual([]);
  }
  // A percent sign or a bracket in a subject is only that.
  expect(await auditEntries({ subject: "templates/audited_page[_]*" })).toEqual([]);
  expect(await auditEntries({ subject: "templates/audited_page%" })).toEqual([]);
});

it("is for admins only, and refuses what it cannot read", async () => {
  for (const path of ["/v1/audit", "/v1/audit/head", "/metrics"]) await refusalOf(await read(path), 401);
  for (const query of ["?since=yesterday", "?cursor=none", "?after_seq=1", "?limit=0", "?who=me"]) {
    await refusalOf(await ask("GET", `/v1/audit${query}`), 400);
  }
  const lines = { headers: { Accept: "application/x-ndjson" } };
  for (const query of ["?limit=10", "?after_seq=x"]) await refusalOf(await ask("GET", `/v1/audit${query}`, lines), 400);
  await refusalOf(await ask("GET", "/v1/audit", { headers: { Accept: "text/html" } }), 406);
});

it("exports what fits, oldest first, on from any entry", async () => {
  for (const version of ["1.0.0", "1.1.0", "1.2.0"]) await postDocument(aDocument("audited_export", { version }));
  const query = `?subject=${encodeURIComponent("templates/audited_export*")}`;
  const all = await exportedLog(query);
  expect(all.map(({ subject }) => subject)).toEqual(
    ["1.0.0", "1.1.0", "1.2.0"].map((version) => `templates/audited_export@${version}`),
  );
  expect(await exportedLog(`${query}&after_seq=${all[0]?.seq}`)).toEqual(all.slice(1));
});

it("cannot be changed: D1 itself refuses to", async () => {
  await postDocument(aDocument("audited_fixed"));
  const [entry] = await auditEntries({ subject: "templates/audited_fixed@1.0.0" });
  const { seq } = entry ?? { seq: 0 };
  expect(entry?.hash).toMatch(/^[0-9a-f]{64}$/);
  for (const sql of [
    "DELETE FROM audit_entry WHERE seq = ?",
    "UPDATE audit_entry SET actor = 'nobody' WHERE seq = ?",
    "UPDATE audit_entry SET hash = NULL WHERE seq = ?",
    "UPDATE audit_entry SET hash = 'another' WHERE seq = ?",
    "UPDATE audit_entry SET seq = seq + 1000000 WHERE seq = ?",
    "INSERT OR REPLACE INTO audit_entry (seq, at, actor, operation, outcome, details) VALUES (?, '', 'nobody', '', 'done', '{}')",
  ]) {
    await expect(env.DB.prepare(sql).bind(seq).run(), sql).rejects.toThrow("append-only");
  }
  expect(await auditEntries({ subject: "templates/audited_fixed@1.0.0" })).toEqual([entry]);
});

it("has what happens to plain repositories", async () => {
  const repository = "audited/plain";
  const bytes = Uint8Array.from([123, 125]);
  const digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  const blob = await ask("POST", `/v2/${repository}/blobs/uploads/?digest=${digest}`, {
    body: bytes,
    type: "application/octet-stream",
  });
  expect(blob.status).toBe(201);
  expect((await entriesOf(blob)).map(told)).toEqual([`blob.pushed ${repository}@${digest}`]);
  const descriptor = { mediaType: "application/vnd.oci.empty.v1+json", digest, size: 2 };
  const type = "application/vnd.oci.image.manifest.v1+json";
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config: descriptor, layers: [descriptor] });
  const put = await ask("PUT", `/v2/${repository}/manifests/v1`, { body: manifest, type });
  expect(put.status).toBe(201);
  const named = put.headers.get("docker-content-digest");
  expect(await entriesOf(put)).toMatchObject([
    { operation: "manifest.pushed", subject: `${repository}@${named}`, details: { tags: ["v1"] }, actor: "admin" },
  ]);
  const untagged = await ask("DELETE", `/v2/${repository}/manifests/v1`);
  expect((await entriesOf(untagged)).map(told)).toEqual([`manifest.untagged ${repository}:v1`]);
  const deleted = await ask("DELETE", `/v2/${repository}/manifests/${named}`);
  expect((await entriesOf(deleted)).map(told)).toEqual([`manifest.deleted ${repository}@${named}`]);
  const dropped = await ask("DELETE", `/v2/${repository}/blobs/${digest}`);
  expect((await entriesOf(dropped)).map(told)).toEqual([`blob.deleted ${repository}@${digest}`]);
  // What is not there anymore cannot be deleted again, and leaves nothing.
  for (const path of [`manifests/v1`, `manifests/${named}`, `blobs/${digest}`]) {
    expect((await ask("DELETE", `/v2/${repository}/${path}`)).status).toBe(404);
  }
  expect(await auditEntries({ subject: `${repository}*` })).toHaveLength(5);
});

it("has every function of a source, and what is pushed as an artifact", async () => {
  const text = `${aFunctionText("audited_f")}\n${aFunctionText("audited_g")}`;
  const source = await ask("POST", "/v1/functions", { body: text, type: "text/x-python" });
  expect(source.status, await source.clone().text()).toBe(201);
  expect((await entriesOf(source)).map(told).sort()).toEqual([
    "version.published functions/python.audited_f@1.0.0",
    "version.published functions/python.audited_g@1.0.0",
  ]);
  const typed = await pushText("templates/audited_push", "stable", aTemplateText("audited_push"));
  expect(typed.status, await typed.clone().text()).toBe(201);
  expect(await entriesOf(typed)).toMatchObject([
    { operation: "version.published", subject: "templates/audited_push@1.0.0", actor: "admin" },
  ]);
  const removed = await ask("DELETE", "/v2/templates/audited_push/manifests/stable");
  expect((await entriesOf(removed)).map(told)).toEqual(["tag.removed templates/audited_push:stable"]);
});

it("never has a secret, nor what was in a body", async () => {
  const created = await askJson("POST", "/v1/tokens", { name: "audited secret", scopes: ["read"] });
  const { token, id }: { token: string; id: string } = await created.json();
  const [entry] = await entriesOf(created);
  expect(entry).toMatchObject({
    operation: "createToken",
    subject: `tokens/${id}`,
    details: { name: "audited secret", scopes: ["read"] },
  });
  expect(JSON.stringify(entry)).not.toContain(token);
});
