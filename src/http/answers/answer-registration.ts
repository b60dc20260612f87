import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import type { BatchAnswer, Registration } from "../../contract/artifact/registration.ts";
import type { Needs } from "../needs.ts";
import { answerJson } from "./answer-json.ts";
import { seqHeader } from "./seq-header.ts";

/** 201 and where it is, or 200 when nothing changed or would only be done. */
export function answerRegistration(registration: Registration, needs: Needs): Response {
  const { kind, name, version, seq } = registration;
  if (seq !== null) needs.noteChange(kind, name, seq);
  const isNew = registration.status === "created" && !registration.dry_run;
  return answerJson(registration, needs.requestId, isNew ? 201 : 200, {
    ...seqHeader(seq),
    ...(isNew ? { Location: `/v1/${collectionOf[kind]}/${name}@${version}` } : {}),
  });
}

/** The results of a batch of one kind. */
export function answerBatch(kind: ArtifactKind, batch: BatchAnswer, needs: Needs): Response {
  for (const { seq, name } of batch.results) if (seq !== null && name !== null) needs.noteChange(kind, name, seq);
  return answerJson(batch, needs.requestId, 200, seqHeader(batch.seq));
}
