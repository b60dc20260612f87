import { env } from "cloudflare:test";
import { inject } from "vitest";

const tables = await env.DB.prepare("SELECT name FROM sqlite_master WHERE name = 'announcement'").all();
if (tables.results.length === 0) await env.DB.batch(inject("migrations").map((statement) => env.DB.prepare(statement)));
