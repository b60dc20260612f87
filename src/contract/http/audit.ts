import { z } from "zod";
import { auditHead, auditPage } from "../access/audit.ts";
import { cursor, decimal, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const failures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"] as const;
const time = z.iso.datetime({ offset: true });

export const listAudit = route({
  operationId: "listAudit",
  method: "GET",
  path: "/v1/audit",
  tag: "Access",
  summary: "Who did what to which name",
  description:
    "Newest first. `Accept: application/x-ndjson` exports instead: all entries that fit, oldest first, one JSON object a line, as a stream.",
  access: "admin",
  query: z.strictObject({
    actor: z.string().max(200).optional(),
    operation: z.string().max(100).optional(),
    subject: z.string().max(300).optional().describe("A subject, or the beginning of some and *"),
    token_id: z.string().max(100).optional(),
    request_id: z.string().max(100).optional(),
    since: time.optional(),
    until: time.optional(),
    after_seq: decimal.optional().describe("Of an export: begin after this entry"),
    limit: pageLimit,
    cursor,
  }),
  answers: { 200: { description: "A page of the log", schema: auditPage } },
  failures: [...failures, "NOT_ACCEPTABLE"],
});

export const getAuditHead = route({
  operationId: "getAuditHead",
  method: "GET",
  path: "/v1/audit/head",
  tag: "Access",
  summary: "Where the log's chain of hashes ends",
  access: "admin",
  answers: { 200: { description: "The last entry that has its hash", schema: auditHead } },
  failures,
});
