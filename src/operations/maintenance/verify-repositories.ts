import { type CheckedRow, type CheckedRows, checkedRows, listCheckedRows } from "../../bindings/d1/oci/check-rows.ts";
import { blobSize } from "../../bindings/r2/blob-store.ts";
import type { Disagreement } from "../../contract/http/registry.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

/** Where a walk over the rows of repositories goes on: after the row with this key. */
export interface RowPlace {
  of: CheckedRows;
  after: string[];
}

/** What one slice of that walk found. */
export interface RowSlice {
  blobs: number;
  manifests: number;
  disagreements: Disagreement[];
  next: RowPlace | null;
}

/** Each blob and manifest costs a call of R2; the others are told by D1 alone. */
const rowsPerSlice: Record<CheckedRows, number> = { blobs: 100, manifests: 100, references: 500, tags: 500 };

const told = {
  blobs: { where: "r2_oci_blob", missing: "" },
  manifests: { where: "r2_oci_manifest", missing: " is in a repository that has no row of its own" },
  references: { where: "d1_oci_reference", missing: ", and one of both is not there" },
  tags: { where: "d1_oci_tag", missing: ", which is not there" },
} as const satisfies Record<CheckedRows, { where: Disagreement["where"]; missing: string }>;

/** Walks a slice of what repositories have and reports rows whose bytes R2 lacks, and rows that name others which are not there. */
export async function verifyRepositories(
  { db, blobs }: Pick<MaintenanceStores, "db" | "blobs">,
  place: RowPlace,
): Promise<RowSlice> {
  const limit = rowsPerSlice[place.of];
  const rows = await listCheckedRows(db, place.of, place.after, limit);
  const { where, missing } = told[place.of];
  const disagreements: Disagreement[] = [];
  const report = (row: CheckedRow, what: string) =>
    disagreements.push({ kind: null, name: row.repository, version: null, where, message: `${row.detail}${what}` });
  for (const row of rows) {
    if (!row.isWhole) report(row, missing);
    if (place.of === "references" || place.of === "tags") continue;
    const size = await blobSize(blobs, row.detail);
    if (size === null) report(row, " is not in R2");
    else if (size !== row.sizeBytes) report(row, ` has ${size} bytes in R2; D1 says ${row.sizeBytes}`);
  }
  return {
    blobs: place.of === "blobs" ? rows.length : 0,
    manifests: place.of === "manifests" ? rows.length : 0,
    disagreements,
    next: rows.length < limit ? placeAfter(place.of) : { of: place.of, after: rows.at(-1)?.place ?? [] },
  };
}

/** The start of what is walked next. */
function placeAfter(of: CheckedRows): RowPlace | null {
  const next = checkedRows[checkedRows.indexOf(of) + 1];
  return next === undefined ? null : { of: next, after: [] };
}
