import { expect, vi } from "vitest";
import { type AuditEntry, auditEntry, auditPage } from "../../src/contract/access/audit.ts";
import { ask } from "./a-registry.ts";

/** A page of the audit log, newest first. */
export async function auditEntries(query: Record<string, string>): Promise<AuditEntry[]> {
  const response = await ask("GET", `/v1/audit?${new URLSearchParams(query)}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return auditPage.parse(await response.json()).items;
}

/** What a request left in the log. Some entries are written after their answer, so this waits until there is one. */
export async function entriesOf(response: Response): Promise<AuditEntry[]> {
  const requestId = response.headers.get("x-request-id") ?? "";
  expect(requestId).not.toBe("");
  return vi.waitFor(
    async () => {
      const entries = await auditEntries({ request_id: requestId, limit: "200" });
      expect(entries, `entries of ${requestId}, which was answered ${response.status}`).not.toEqual([]);
      return entries;
    },
    { timeout: 5000, interval: 20 },
  );
}

/** The whole log, oldest first, as it is exported. */
export async function exportedLog(query = ""): Promise<AuditEntry[]> {
  const response = await ask("GET", `/v1/audit${query}`, { headers: { Accept: "application/x-ndjson" } });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  // Not text(): workerd warns about it on application/x-ndjson.
  const lines = new TextDecoder().decode(await response.arrayBuffer()).split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => auditEntry.parse(JSON.parse(line)));
}
