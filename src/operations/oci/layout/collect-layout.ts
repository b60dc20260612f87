import {
  type LayoutSelection,
  listSelectedRepositories,
  loadRepositoryLayout,
} from "../../../bindings/d1/oci/layout-rows.ts";
import { listUnpackagedNames } from "../../../bindings/d1/oci/unpackaged-versions.ts";
import type { Repositories } from "../../../bindings/durable/repository.ts";
import type { Failure } from "../../../contract/failure.ts";
import { limits } from "../../../contract/limits.ts";
import { artifactOf, repositoryOf } from "../../../domain/oci/repository-kind.ts";
import { type ExportedEntry, writeLayoutIndex } from "../../../domain/oci/write-layout-index.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";

/** What an export holds: `index.json`, and the blobs that it leads to, in the order of their digests. */
export interface Layout {
  index: Uint8Array;
  blobs: { digest: string; sizeBytes: number }[];
}

export interface CollectNeeds {
  db: D1Database;
  repositories: Repositories;
}

const repositoriesAtOnce = 500;
const namesAtOnce = 100;

/** Finds out what an export of the selection holds, each repository as of one moment. */
export async function collectLayout(needs: CollectNeeds, selection: LayoutSelection): Promise<Result<Layout, Failure>> {
  await completeOlder(needs);
  const entries: ExportedEntry[] = [];
  const sizes = new Map<string, number>();
  for (let last = ""; ; ) {
    const repositories = await listSelectedRepositories(needs.db, selection, last, repositoriesAtOnce);
    for (const repository of repositories) {
      const found = await loadRepositoryLayout(needs.db, repository, artifactOf(repository));
      for (const { digest, sizeBytes } of [...found.blobs, ...found.entries]) sizes.set(digest, sizeBytes);
      entries.push(...found.entries.map((entry) => ({ ...entry, repository })));
      if (sizes.size > limits.layoutBlobs) return tooMuch(`more than ${limits.layoutBlobs} blobs`);
    }
    last = repositories.at(-1) ?? "";
    if (repositories.length < repositoriesAtOnce) break;
  }
  if (entries.length === 0 && selection.of === "repository") {
    const message = `there is nothing to export in ${selection.repository}; GET /v2/_catalog lists what there is`;
    return refusal({ code: "NAME_NOT_FOUND", message });
  }
  const index = writeLayoutIndex(entries);
  if (index.byteLength > limits.layoutIndexBytes) {
    return tooMuch(`an index.json of more than ${limits.layoutIndexBytes / 1024 / 1024} MiB`);
  }
  const blobs = [...sizes].map(([digest, sizeBytes]) => ({ digest, sizeBytes }));
  return success({ index, blobs: blobs.sort((a, b) => (a.digest < b.digest ? -1 : 1)) });
}

/** Versions of before there were manifests are given theirs, which happens once for all. */
async function completeOlder({ db, repositories }: CollectNeeds): Promise<void> {
  for (let after = { kind: "", name: "" }; ; ) {
    const names = await listUnpackagedNames(db, after, namesAtOnce);
    for (const { kind, name } of names) {
      const repository = repositoryOf(kind, name);
      await repositories(repository).completeManifests(repository);
    }
    const last = names.at(-1);
    if (last === undefined || names.length < namesAtOnce) return;
    after = last;
  }
}

function tooMuch(what: string): Result<never, Failure> {
  const message = `the export would have ${what}; export a kind or a repository at a time (?kind=, ?repository=)`;
  return refusal({ code: "LIMIT_REACHED", message });
}
