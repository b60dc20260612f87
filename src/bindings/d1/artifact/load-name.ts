import semver from "semver";
import { z } from "zod";
import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import { versionState } from "../../../contract/artifact/name-index.ts";
import type { NameState, StoredVersion } from "../../../domain/registration/name-state.ts";
import { headSeqOf, headSeqQuery } from "../announcement/head-seq.ts";
import { primary } from "../primary.ts";

const versionRow = z.object({
  version: z.string(),
  digest: z.string(),
  flattened_digest: z.string(),
  manifest_digest: z.string().nullable(),
  state: versionState,
  state_since: z.string().nullable(),
  state_message: z.string().nullable(),
  successor: z.string().nullable(),
  sunset: z.string().nullable(),
  published_at: z.string(),
  published_by: z.string(),
});
const tagRow = z.object({ tag: z.string(), version: z.string() });
const revisionRow = z.object({ revision: z.number(), seq: z.number(), announced_at: z.string() });

/** A name as D1's primary has it, when it last changed, and the registry's `headSeq` of the same moment (one transaction). */
export async function loadName(
  db: D1Database,
  kind: ArtifactKind,
  name: string,
): Promise<{ state: NameState; headSeq: number; changedAt: string | null }> {
  const session = primary(db);
  const [versions, tags, head, revision] = await session.batch([
    session
      .prepare(
        `SELECT version, digest, flattened_digest, manifest_digest, state, state_since, state_message, successor, sunset, published_at, published_by
         FROM artifact_version WHERE kind = ? AND name = ?`,
      )
      .bind(kind, name),
    session.prepare("SELECT tag, version FROM tag WHERE kind = ? AND name = ?").bind(kind, name),
    session.prepare(headSeqQuery),
    session
      .prepare(
        "SELECT revision, seq, announced_at FROM announcement WHERE kind = ? AND name = ? ORDER BY revision DESC LIMIT 1",
      )
      .bind(kind, name),
  ]);
  const last = z.array(revisionRow).parse(revision?.results)[0];
  const state: NameState = {
    kind,
    name,
    revision: last?.revision ?? 0,
    seq: last?.seq ?? 0,
    versions: z
      .array(versionRow)
      .parse(versions?.results)
      .map(storedVersionOf)
      .sort((a, b) => semver.rcompare(a.version, b.version)),
    tags: Object.fromEntries(
      z
        .array(tagRow)
        .parse(tags?.results)
        .map((row) => [row.tag, row.version]),
    ),
  };
  return { state, headSeq: headSeqOf(head?.results), changedAt: last?.announced_at ?? null };
}

function storedVersionOf(row: z.infer<typeof versionRow>): StoredVersion {
  const { state_since: since, state_message: message, successor, sunset, ...entry } = row;
  return { ...entry, notice: since === null ? null : { since, message, successor, sunset } };
}
