import { z } from "zod";
import { sourceMediaType } from "../../../contract/artifact/published.ts";
import type { Manifest } from "../../../domain/oci/manifest-facts.ts";
import { repositoryOf, type TypedRepository } from "../../../domain/oci/repository-kind.ts";
import { primary } from "../primary.ts";
import { packageStatements } from "./manifest-statements.ts";

const row = z.object({
  version: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  source_digest: z.string(),
  source_media_type: sourceMediaType,
  source_file: z.string().nullable(),
  published_at: z.string(),
  published_by: z.string(),
});
/** A version that was published before the registry made manifests. */
export type UnpackagedVersion = z.infer<typeof row>;

export async function listUnpackagedVersions(
  db: D1Database,
  { kind, name }: TypedRepository,
  limit: number,
): Promise<UnpackagedVersion[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT version, title, description, source_digest, source_media_type, source_file, published_at, published_by
       FROM artifact_version WHERE kind = ? AND name = ? AND manifest_digest IS NULL AND state <> 'deleted' LIMIT ?`,
    )
    .bind(kind, name, limit)
    .all();
  return z.array(row).parse(results);
}

/** Makes these manifests the ones that their versions answer with, but for those that were given another since they were listed. */
export async function packageVersions(
  db: D1Database,
  artifact: TypedRepository,
  packaged: readonly { version: UnpackagedVersion; manifest: Manifest }[],
): Promise<void> {
  if (packaged.length === 0) return;
  const session = primary(db);
  const repository = repositoryOf(artifact.kind, artifact.name);
  await session.batch(
    packaged.flatMap(({ version, manifest }) => {
      const { published_at: at, published_by: by } = version;
      return packageStatements(session, artifact, { repository, manifest, version: version.version, at, by }, "none");
    }),
  );
}

/** Names after `after` that have versions without a manifest, in the order of kind and name. */
export async function listUnpackagedNames(
  db: D1Database,
  after: { kind: string; name: string },
  limit: number,
): Promise<TypedRepository[]> {
  const { results } = await primary(db)
    .prepare(
      `SELECT DISTINCT kind, name FROM artifact_version
       WHERE manifest_digest IS NULL AND state <> 'deleted' AND (kind, name) > (?, ?) ORDER BY kind, name LIMIT ?`,
    )
    .bind(after.kind, after.name, limit)
    .all();
  return names.parse(results);
}

const names = z.array(z.object({ kind: z.enum(["template", "function", "workflow", "agent"]), name: z.string() }));
