import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Table } from "../report/table.ts";

/** The Worker as it is deployed. */
export function bundleSize(scriptPath: string): Table {
  const bundle = readFileSync(scriptPath);
  return {
    title: "The Worker's bundle",
    rows: [{ KiB: bundle.length / 1024, "gzipped KiB": gzipSync(bundle).length / 1024 }],
    notes: ["as `wrangler deploy` makes it, not minified (aim < 1,024 KiB gzipped)"],
  };
}
