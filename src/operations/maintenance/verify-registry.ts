import type { VersionPlace } from "../../bindings/d1/artifact/version-row.ts";
import { findStrayIndexes, type IndexPlace, strayIndexTold } from "./stray-indexes.ts";
import { type RowPlace, type RowSlice, verifyRepositories } from "./verify-repositories.ts";
import { verifyVersions } from "./verify-versions.ts";
import type { MaintenanceSlice, MaintenanceStores } from "./walk-versions.ts";

/** Where a check of everything goes on: among all versions first, then among what KV has, then among the rows of repositories. */
export type VerifyPlace = VersionPlace | IndexPlace | RowPlace;

/** What one slice of a check found. */
export type VerifySlice = Omit<MaintenanceSlice & RowSlice, "next"> & { next: VerifyPlace | null };

/** Checks one slice of everything and reports where D1, KV and R2 do not agree. Changes nothing. */
export async function verifyRegistry(stores: MaintenanceStores, place: VerifyPlace): Promise<VerifySlice> {
  if ("of" in place && place.of === "indexes") {
    const { strays, next } = await findStrayIndexes(stores, place);
    const disagreements = strays.map(strayIndexTold);
    return { names: 0, versions: 0, disagreements, blobs: 0, manifests: 0, next: next ?? { of: "blobs", after: [] } };
  }
  if ("of" in place) return { names: 0, versions: 0, ...(await verifyRepositories(stores, place)) };
  const { next, ...found } = await verifyVersions(stores, place);
  return { ...found, blobs: 0, manifests: 0, next: next ?? { of: "indexes", cursor: null } };
}
