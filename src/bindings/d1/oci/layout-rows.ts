import { z } from "zod";
import type { LayoutEntry } from "../../../domain/oci/layout-entry.ts";
import type { TypedRepository } from "../../../domain/oci/repository-kind.ts";
import { primary } from "../primary.ts";

/** What of the registry is exported: all, the repositories of one collection (`workflows`), or one repository. */
export type LayoutSelection =
  | { of: "all" }
  | { of: "collection"; collection: string }
  | { of: "repository"; repository: string };

const repositories = z.array(z.object({ repository: z.string() }));
const places = z.object({ digest: z.string(), size_bytes: z.number() });
const manifests = z.array(places.extend({ media_type: z.string(), artifact_type: z.string().nullable() }));
const blobs = z.array(places);
const tags = z.array(z.object({ tag: z.string(), digest: z.string() }));
const artifactTags = z.array(z.object({ tag: z.string(), version: z.string() }));
const versions = z.array(
  z.object({
    version: z.string(),
    manifest_digest: z.string(),
    state: z.enum(["live", "deprecated", "yanked"]),
    state_message: z.string().nullable(),
    successor: z.string().nullable(),
    sunset: z.string().nullable(),
    seq: z.number(),
    state_seq: z.number().nullable(),
  }),
);
type VersionRow = z.infer<typeof versions>[number];

/** Repositories after `last` that are of the selection, in the order of their names' bytes. */
export async function listSelectedRepositories(
  db: D1Database,
  selection: LayoutSelection,
  last: string,
  limit: number,
): Promise<string[]> {
  const [from, to] = boundsOf(selection);
  const { results } = await primary(db)
    .prepare(
      `SELECT repository FROM oci_repository WHERE repository > ?1 AND repository >= ?2 AND repository < ?3
       ORDER BY repository LIMIT ?4`,
    )
    .bind(last, from, to, limit)
    .all();
  return repositories.parse(results).map((row) => row.repository);
}

/** Names are ASCII: `0` comes after `/`, and `{` after all that a name can have. */
function boundsOf(selection: LayoutSelection): [string, string] {
  if (selection.of === "all") return ["", "{"];
  if (selection.of === "collection") return [`${selection.collection}/`, `${selection.collection}0`];
  return [selection.repository, `${selection.repository}\u0001`];
}

/** All that a repository has, as of one moment: its manifests under all their names, and the blobs that they refer to. */
export async function loadRepositoryLayout(
  db: D1Database,
  repository: string,
  typed: TypedRepository | null,
): Promise<{ entries: LayoutEntry[]; blobs: { digest: string; sizeBytes: number }[] }> {
  const session = primary(db);
  const artifact = [typed?.kind ?? "", typed?.name ?? ""];
  const [manifestRows, blobRows, tagRows, versionRows, artifactTagRows] = await session.batch([
    session
      .prepare("SELECT digest, size_bytes, media_type, artifact_type FROM oci_manifest WHERE repository = ?")
      .bind(repository),
    session
      .prepare(
        `SELECT digest, size_bytes FROM oci_blob WHERE repository = ?1
           AND EXISTS (SELECT 1 FROM oci_reference WHERE repository = ?1 AND oci_reference.digest = oci_blob.digest)`,
      )
      .bind(repository),
    session.prepare("SELECT tag, digest FROM oci_tag WHERE repository = ?").bind(repository),
    session
      .prepare(
        `SELECT version, manifest_digest, state, state_message, successor, sunset, seq, (
           SELECT MAX(announcement.seq) FROM announcement
           WHERE announcement.kind = ?1 AND announcement.name = ?2 AND announcement.version = artifact_version.version
             AND announcement.change = artifact_version.state) AS state_seq
         FROM artifact_version WHERE kind = ?1 AND name = ?2 AND state <> 'deleted' AND manifest_digest IS NOT NULL`,
      )
      .bind(...artifact),
    session.prepare("SELECT tag, version FROM tag WHERE kind = ? AND name = ?").bind(...artifact),
  ]);
  const found = {
    manifests: manifests.parse(manifestRows?.results),
    tags: tags.parse(tagRows?.results),
    versions: versions.parse(versionRows?.results),
    artifactTags: artifactTags.parse(artifactTagRows?.results),
  };
  return {
    entries: entriesOf(repository, found),
    blobs: blobs.parse(blobRows?.results).map((row) => ({ digest: row.digest, sizeBytes: row.size_bytes })),
  };
}

interface Found {
  manifests: z.infer<typeof manifests>;
  tags: z.infer<typeof tags>;
  versions: VersionRow[];
  artifactTags: z.infer<typeof artifactTags>;
}

/** An entry for each name of a manifest, or one without a name. */
function entriesOf(repository: string, found: Found): LayoutEntry[] {
  const versionsOf = Map.groupBy(found.versions, (row) => row.manifest_digest);
  const artifactTagsOf = Map.groupBy(found.artifactTags, (row) => row.version);
  const tagsOf = Map.groupBy(found.tags, (row) => row.digest);
  return found.manifests.flatMap((row) => {
    const unnamed: LayoutEntry = {
      repository,
      digest: row.digest,
      mediaType: row.media_type,
      sizeBytes: row.size_bytes,
      artifactType: row.artifact_type,
      tag: null,
      version: null,
      published: null,
      state: null,
    };
    const named = [
      ...(versionsOf.get(row.digest) ?? []).flatMap((version) => [
        { ...unnamed, version: version.version, published: version.seq, state: stateOf(version) },
        ...(artifactTagsOf.get(version.version) ?? []).map((one) => ({ ...unnamed, ...one })),
      ]),
      ...(tagsOf.get(row.digest) ?? []).map(({ tag }) => ({ ...unnamed, tag })),
    ];
    return named.length === 0 ? [unnamed] : named;
  });
}

function stateOf({ state, seq, state_seq: stateSeq, ...row }: VersionRow): LayoutEntry["state"] {
  if (state === "live") return null;
  return { state, set: stateSeq ?? seq, message: row.state_message, successor: row.successor, sunset: row.sunset };
}
