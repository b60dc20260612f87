import { z } from "zod";
import type { Origin } from "../../../contract/access/origin.ts";
import { latestTag } from "../../../contract/artifact/tag.ts";
import { repositoryOf } from "../../../domain/oci/repository-kind.ts";
import { auditedChange } from "../../../domain/registration/audited-change.ts";
import { detailsOf } from "../../../domain/registration/change-details.ts";
import type { NameChange } from "../../../domain/registration/name-change.ts";
import { auditOfCommit } from "../access/audit-entry.ts";
import { packageStatements } from "../oci/manifest-statements.ts";
import { primary } from "../primary.ts";
import { publishStatements, stateStatements } from "./version-statements.ts";

const seqRow = z.object({ seq: z.number() });

/**
 * Commits changes of one or several names in one D1 transaction: all or nothing. Each name's next revision is inserted with its
 * announcement; that number being taken aborts the whole batch, so a commit is right whoever else writes. The audit log has each of them.
 * Answers the announcements' seqs, in the order of the changes; null when another writer changed one of the names first.
 */
export async function commitChanges(
  db: D1Database,
  changes: readonly NameChange[],
  origin: Origin,
): Promise<number[] | null> {
  const session = primary(db);
  const statements = changes.map((change) => statementsOf(session, change, origin));
  const results = await runOrLose(session, statements.flat());
  if (results === null) return null;
  let at = 0;
  return statements.map((ofOne) => {
    const seq = z.array(seqRow).length(1).parse(results[at]?.results)[0]?.seq ?? 0;
    at += ofOne.length;
    return seq;
  });
}

async function runOrLose(session: D1DatabaseSession, statements: D1PreparedStatement[]): Promise<D1Result[] | null> {
  try {
    return await session.batch(statements);
  } catch (error) {
    // "UNIQUE constraint failed: announcement.kind, announcement.name, announcement.revision"
    if (error instanceof Error && error.message.includes("announcement.revision")) return null;
    throw error;
  }
}

/** The announcement first: the other statements read its seq as the highest. */
function statementsOf(session: D1DatabaseSession, change: NameChange, origin: Origin): D1PreparedStatement[] {
  const { author } = change;
  const { kind, name, revision } = change.after;
  return [
    session
      .prepare(
        `INSERT INTO announcement (kind, name, revision, change, version, announced_at, announced_by, details)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
      )
      .bind(
        kind,
        name,
        revision,
        change.change,
        change.version,
        author.at,
        author.by,
        JSON.stringify(detailsOf(change)),
      ),
    auditOfCommit(session, auditedChange(change, origin)),
    ...publishStatements(session, change),
    ...stateStatements(session, change),
    ...packagingStatements(session, change),
    ...tagStatements(session, change),
    ...catalogueStatements(session, change),
    session
      .prepare(
        `INSERT INTO pending_effect (kind, name, seq, committed_at)
         VALUES (?, ?, (SELECT MAX(seq) FROM announcement), ?)
         ON CONFLICT (kind, name) DO UPDATE SET seq = excluded.seq`,
      )
      .bind(kind, name, author.at),
  ];
}

function packagingStatements(session: D1DatabaseSession, change: NameChange): D1PreparedStatement[] {
  const { packaged, author, after } = change;
  if (packaged === null) return [];
  const { version, manifest } = packaged;
  const repository = repositoryOf(after.kind, after.name);
  return packageStatements(session, after, { repository, manifest, version, at: author.at, by: author.by }, "any");
}

function tagStatements(session: D1DatabaseSession, change: NameChange): D1PreparedStatement[] {
  const { kind, name } = change.after;
  return change.tagMoves.flatMap((move) => [
    move.to_version === null
      ? session.prepare("DELETE FROM tag WHERE kind = ? AND name = ? AND tag = ?").bind(kind, name, move.tag)
      : session
          .prepare(
            `INSERT INTO tag (kind, name, tag, version) VALUES (?, ?, ?, ?)
             ON CONFLICT (kind, name, tag) DO UPDATE SET version = excluded.version`,
          )
          .bind(kind, name, move.tag, move.to_version),
    session
      .prepare(
        `INSERT INTO tag_move (kind, name, tag, from_version, to_version, moved_at, moved_by, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(kind, name, move.tag, move.from_version, move.to_version, move.moved_at, move.moved_by, move.reason),
  ]);
}

/** A name is told by its `latest` version, or by its highest when it has none. */
function catalogueStatements(session: D1DatabaseSession, change: NameChange): D1PreparedStatement[] {
  const { kind, name, versions, tags } = change.after;
  const told = tags[latestTag] ?? versions[0]?.version;
  if (told === undefined) return [];
  return [
    session
      .prepare(
        `INSERT INTO catalogue (kind, name, version, state, title, description, category, author, keywords, runtime, gpu, abstract, published_at)
         SELECT kind, name, version, state, title, description, category, author, keywords, runtime, gpu, abstract, published_at
         FROM artifact_version WHERE kind = ? AND name = ? AND version = ?
         ON CONFLICT (kind, name) DO UPDATE SET
           version = excluded.version, state = excluded.state, title = excluded.title, description = excluded.description,
           category = excluded.category, author = excluded.author, keywords = excluded.keywords, runtime = excluded.runtime,
           gpu = excluded.gpu, abstract = excluded.abstract, published_at = excluded.published_at`,
      )
      .bind(kind, name, told),
  ];
}
