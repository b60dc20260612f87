import type { ArtifactKind } from "../../../contract/artifact/kind.ts";
import { repositoryOf } from "../../../domain/oci/repository-kind.ts";
import type { NameChange } from "../../../domain/registration/name-change.ts";
import { publishCard, removeCard } from "../agent/card-statements.ts";
import { unpackageStatements } from "../oci/manifest-statements.ts";
import { publishCalls, removeCalls } from "../workflow/skill-rows.ts";

/** The row of a version that is published, and those of what an agent card offers or a workflow calls. */
export function publishStatements(session: D1DatabaseSession, change: NameChange): D1PreparedStatement[] {
  const candidate = change.published;
  if (candidate === null) return [];
  const { facts, parent, callable } = candidate;
  const examples = callable !== null && "examples" in callable ? (callable.examples ?? []) : [];
  const told = { interface: callable?.interface ?? {}, examples };
  return [
    session
      .prepare(
        `INSERT INTO artifact_version (
           kind, name, version, digest, source_digest, source_media_type, source_file, analysis_digest, code_digest, flattened_digest, parent_name, parent_version,
           parent_digest, title, description, category, author, keywords, runtime, gpu, abstract, interface, state,
           published_at, published_by, seq
         ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'live', ?, ?, (SELECT MAX(seq) FROM announcement))`,
      )
      .bind(
        candidate.kind,
        candidate.name,
        candidate.version,
        candidate.digest,
        candidate.source.digest,
        candidate.source.mediaType,
        candidate.source.file,
        candidate.analysis?.digest ?? null,
        candidate.code?.digest ?? null,
        candidate.flattened.digest,
        parent?.name ?? null,
        parent?.version ?? null,
        parent?.digest ?? null,
        facts.title,
        facts.description,
        facts.category,
        facts.author,
        JSON.stringify(facts.keywords),
        facts.runtime,
        facts.gpu ? 1 : 0,
        facts.abstract ? 1 : 0,
        JSON.stringify(told),
        change.author.at,
        change.author.by,
      ),
    ...publishCard(session, candidate),
    ...publishCalls(session, candidate),
  ];
}

/** The state that a version takes. One that is deleted takes its manifests along, and its card. */
export function stateStatements(session: D1DatabaseSession, change: NameChange): D1PreparedStatement[] {
  if (change.state === null) return [];
  const { version, state, notice } = change.state;
  const { kind, name } = change.after;
  return [
    session
      .prepare(
        `UPDATE artifact_version SET state = ?, state_since = ?, state_message = ?, successor = ?, sunset = ?
         WHERE kind = ? AND name = ? AND version = ?`,
      )
      .bind(
        state,
        notice?.since ?? null,
        notice?.message ?? null,
        notice?.successor ?? null,
        notice?.sunset ?? null,
        kind,
        name,
        version,
      ),
    ...(state === "deleted" ? deletionStatements(session, kind, name, version) : []),
  ];
}

function deletionStatements(
  session: D1DatabaseSession,
  kind: ArtifactKind,
  name: string,
  version: string,
): D1PreparedStatement[] {
  return [
    ...unpackageStatements(session, repositoryOf(kind, name), version),
    session
      .prepare("UPDATE artifact_version SET manifest_digest = NULL WHERE kind = ? AND name = ? AND version = ?")
      .bind(kind, name, version),
    ...(kind === "agent" ? removeCard(session, name, version) : []),
    ...(kind === "workflow" ? removeCalls(session, name, version) : []),
  ];
}
