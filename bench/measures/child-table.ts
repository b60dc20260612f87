import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import type { Table } from "../report/table.ts";

/** Runs a script of bench/alone in a Node of its own, so that nothing is warm and its heap is its own; it prints a table as JSON. */
export async function childTable(file: string, ...given: (string | number)[]): Promise<Table> {
  const path = join(repositoryRoot, "bench", "alone", file);
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", path, ...given.map(String)]);
  const table: Table = JSON.parse(stdout);
  return table;
}
