import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { VersionPlace, VersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { listMissingManifests } from "../../bindings/d1/oci/check-rows.ts";
import { readDocument, readIndex } from "../../bindings/kv/lookup-store.ts";
import { hasBlob } from "../../bindings/r2/blob-store.ts";
import { versionEntry } from "../../contract/artifact/name-index.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Disagreement } from "../../contract/http/registry.ts";
import { latestOf } from "../../domain/artifact/choose-version.ts";
import { repositoryOf } from "../../domain/oci/repository-kind.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import { type MaintenanceSlice, type MaintenanceStores, walkVersions } from "./walk-versions.ts";

/** Walks a slice of all versions and reports where D1, KV and R2 do not agree. Changes nothing. */
export function verifyVersions(stores: MaintenanceStores, after: VersionPlace): Promise<MaintenanceSlice> {
  return walkVersions(stores.db, after, {
    name: async (kind, name) => {
      const { state, headSeq } = await loadName(stores.db, kind, name);
      return [
        ...checkTags(state),
        ...(await checkIndex(stores, state, headSeq)),
        ...(await checkManifests(stores, state)),
      ];
    },
    version: (row) => checkVersion(stores, row),
  });
}

function checkTags(state: NameState): Disagreement[] {
  const { kind, name } = state;
  const latest = latestOf(state.versions) ?? undefined;
  const found: Disagreement[] = [];
  const report = (message: string) => found.push({ kind, name, version: null, where: "d1_tag", message });
  if (state.tags[latestTag] !== latest)
    report(`latest points at ${state.tags[latestTag] ?? "nothing"}, not at ${latest ?? "nothing"}`);
  for (const [tag, version] of Object.entries(state.tags)) {
    if (!state.versions.some((entry) => entry.version === version && entry.state !== "deleted")) {
      report(`tag ${tag} points at ${version}, which is not published`);
    }
  }
  return found;
}

/** KV may lag behind; what it has must have been true at the seq that it names, and after the effects it must be the newest. */
async function checkIndex(stores: MaintenanceStores, state: NameState, headSeq: number): Promise<Disagreement[]> {
  const { kind, name } = state;
  const inKv = await readIndex(stores.lookups, kind, name);
  const wanted = indexOf(state, headSeq, "");
  const report = (message: string): Disagreement[] => [{ kind, name, version: null, where: "kv_index", message }];
  if (inKv === null) return report("KV has no index of this name");
  if (inKv.seq < state.seq) return report(`KV's index is true at ${inKv.seq}; the name last changed at ${state.seq}`);
  // Parsed alike, both have their keys in the contract's order.
  const inD1 = versionEntry.array().parse(wanted.versions);
  const same = JSON.stringify([inKv.versions, sorted(inKv.tags)]) === JSON.stringify([inD1, sorted(wanted.tags)]);
  return same ? [] : report("KV's index has other versions, states or tags than D1");
}

/** A version that was never asked for at `/v2/` may have no manifest yet; one that has, has its row. */
async function checkManifests(stores: MaintenanceStores, { kind, name, versions }: NameState): Promise<Disagreement[]> {
  const named = versions.flatMap(({ version, state, manifest_digest: digest }) =>
    digest === null || state === "deleted" ? [] : [{ repository: repositoryOf(kind, name), version, digest }],
  );
  const missing = await listMissingManifests(stores.db, named);
  return missing.map(({ version, digest }) => ({
    kind,
    name,
    version,
    where: "d1_manifest",
    message: `its manifest ${digest} is not in its repository`,
  }));
}

async function checkVersion(stores: MaintenanceStores, row: VersionRow): Promise<Disagreement[]> {
  const { kind, name, version } = row;
  const found: Disagreement[] = [];
  const report = (where: Disagreement["where"], message: string) => found.push({ kind, name, version, where, message });
  const inKv = await readDocument(stores.lookups, kind, name, version);
  if (row.state === "deleted") {
    if (inKv !== null) report("kv_document", "KV still has the document of a deleted version");
    return found;
  }
  if (inKv === null) report("kv_document", "KV has no document of this version");
  else if (inKv.digest !== row.digest)
    report("kv_document", `KV's document has digest ${inKv.digest}, D1 says ${row.digest}`);
  for (const { where, digest } of blobsOf(row)) {
    if (!(await hasBlob(stores.blobs, digest))) report(where, `R2 has no blob ${digest}`);
  }
  return found;
}

/** All bytes that a version names. */
function blobsOf(row: VersionRow): { where: Disagreement["where"]; digest: string }[] {
  const all = [
    { where: "r2_source", digest: row.source_digest },
    { where: "r2_document", digest: row.digest },
    { where: "r2_flattened", digest: row.flattened_digest },
    { where: "r2_code", digest: row.code_digest },
    { where: "r2_analysis", digest: row.analysis_digest },
  ] as const;
  return all.flatMap(({ where, digest }) => (digest === null ? [] : [{ where, digest }]));
}

function sorted(tags: Record<string, string>): [string, string][] {
  return Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
}
