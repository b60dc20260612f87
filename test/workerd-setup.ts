import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { unstable_splitSqlQuery } from "wrangler";

/** Reads the migrations in Node, for the tests in workerd, which have no file system. */
export default function provideMigrations(project: TestProject): void {
  const directory = join(import.meta.dirname, "..", "migrations");
  const files = readdirSync(directory).filter((name) => name.endsWith(".sql"));
  const statements = files
    .sort()
    .flatMap((name) => unstable_splitSqlQuery(readFileSync(join(directory, name), "utf8")));
  project.provide("migrations", statements);
}
