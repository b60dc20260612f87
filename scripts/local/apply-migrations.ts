import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_splitSqlQuery } from "wrangler";
import { repositoryRoot } from "./repository-root.ts";

/** The part of D1 that migrations need; Miniflare's and the Workers runtime's types both have it. */
interface MigrationTarget {
  exec(query: string): Promise<unknown>;
  prepare(query: string): {
    bind(...values: unknown[]): unknown;
    all(): Promise<{ results: Record<string, unknown>[] }>;
  };
  batch(statements: unknown[]): Promise<unknown>;
}

/** Applies the migrations that a local D1 lacks, each with its record in one transaction; the same table that wrangler keeps. */
export async function applyMigrations(db: MigrationTarget): Promise<string[]> {
  await db.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map((row) => row.name));
  const directory = join(repositoryRoot, "migrations");
  const missing = readdirSync(directory)
    .filter((name) => name.endsWith(".sql") && !applied.has(name))
    .sort();
  for (const name of missing) {
    const statements = unstable_splitSqlQuery(readFileSync(join(directory, name), "utf8")).map((query) =>
      db.prepare(query),
    );
    await db.batch([...statements, db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name)]);
  }
  return missing;
}
