import type { Hono } from "hono";
import { z } from "zod";
import { loadAuditHead } from "../../bindings/d1/access/audit-chain.ts";
import type { AuditFilter } from "../../bindings/d1/access/audit-list.ts";
import type { Failure } from "../../contract/failure.ts";
import { getAuditHead, listAudit } from "../../contract/http/audit.ts";
import { headers } from "../../contract/http/headers.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { exportAudit } from "../../operations/access/audit-export.ts";
import { listAudit as list } from "../../operations/access/audit-list.ts";
import { sealAudit } from "../../operations/access/seal-audit.ts";
import { answerJson } from "../answers/answer-json.ts";
import { type Asked, bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const lines = "application/x-ndjson";
const notKept = { "Cache-Control": "no-store" };

/** The audit log: pages of it, its export, and where its chain of hashes ends. */
export function bindAuditRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listAudit, (asked) => {
    const wanted = typeOf(asked.request.headers.get("accept"));
    if (!wanted.ok) return Promise.resolve(wanted);
    return wanted.value === "lines" ? answerLines(asked) : answerPage(asked);
  });

  bindRoute(app, getAuditHead, async ({ needs }) => {
    await sealAudit(needs.db);
    return success(answerJson(await loadAuditHead(needs.db), needs.requestId, 200, notKept));
  });
}

type AskedAudit = Asked<typeof listAudit>;

async function answerPage({ query, request, needs }: AskedAudit): Promise<Result<Response, Failure>> {
  if (query.after_seq !== undefined)
    return refuse(`after_seq is of an export (Accept: ${lines}); pages go on by cursor`);
  const before = query.cursor === undefined ? success(Number.MAX_SAFE_INTEGER) : decodeCursor(place, query.cursor);
  if (!before.ok) return before;
  const { items, next } = await list(needs, filterOf(query), before.value, query.limit ?? limits.pageItemsDefault);
  const next_cursor = next === null ? null : encodeCursor(next);
  const told = { ...notKept, ...nextLink(request.url, next_cursor) };
  return success(answerJson({ items, next_cursor }, needs.requestId, 200, told));
}

const place = z.int().positive();

async function answerLines({ query, needs }: AskedAudit): Promise<Result<Response, Failure>> {
  if (query.limit !== undefined || query.cursor !== undefined) {
    return refuse("an export has no pages: leave limit and cursor out, and go on with after_seq");
  }
  const stream = await exportAudit(needs, filterOf(query), query.after_seq ?? 0);
  const told = {
    "Content-Type": lines,
    "Cache-Control": "no-store, no-transform",
    [headers.requestId]: needs.requestId,
  };
  return success(new Response(stream, { headers: told }));
}

function filterOf({ actor, operation, subject, token_id, request_id, since, until }: AskedAudit["query"]): AuditFilter {
  return {
    actor: actor ?? null,
    operation: operation ?? null,
    subject: subject ?? null,
    tokenId: token_id ?? null,
    requestId: request_id ?? null,
    since: since === undefined ? null : new Date(since).toISOString(),
    until: until === undefined ? null : new Date(until).toISOString(),
  };
}

/** JSON pages, unless lines are asked for by name. */
function typeOf(accept: string | null): Result<"lines" | "page", Failure> {
  const types = (accept ?? "*/*").split(",").map((wish) => wish.split(";")[0]?.trim().toLowerCase());
  if (types.includes(lines)) return success("lines");
  if (["application/json", "application/*", "*/*"].some((type) => types.includes(type))) return success("page");
  const message = `Accept is "${accept?.slice(0, 80)}"; this route writes application/json and ${lines}`;
  return refusal({ code: "NOT_ACCEPTABLE", message });
}

function refuse(message: string): Result<never, Failure> {
  return refusal({ code: "INVALID_REQUEST", message });
}
