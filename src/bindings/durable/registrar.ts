import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { VersionState } from "../../contract/artifact/name-index.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { ChangeAnswer } from "../../contract/artifact/resolved.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceDraft } from "../../domain/function/source-draft.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { Result } from "../../domain/result.ts";

/** What a name's writer is asked for. One call at a time is carried out for each name. */
export interface RegistrarCalls {
  register(candidate: Candidate | UnversionedCandidate, by: string): Promise<Result<Registration, Failure>>;
  setState(request: StateRequest, by: string): Promise<Result<ChangeAnswer, Failure>>;
  moveTag(request: TagRequest, by: string): Promise<Result<ChangeAnswer, Failure>>;
  /** Publishes all functions of a source, in one commit; asked of the Registrar of the first of their names. */
  publishSource(draft: SourceDraft, by: string): Promise<Result<Registration[], Failure>>;
  /** Sets the alarm that repeats the name's effects, for a commit that another Registrar carries out. Answers a ticket. */
  arm(kind: ArtifactKind, name: string): Promise<string>;
  /** Takes the alarm off, and answers so; not when others rely on it as well. */
  disarm(ticket: string): Promise<boolean>;
}

export interface StateRequest {
  kind: ArtifactKind;
  name: string;
  version: string;
  state: VersionState;
  message: string | null;
  successor: string | null;
  sunset: string | null;
}

export interface TagRequest {
  kind: ArtifactKind;
  name: string;
  tag: string;
  /** Null deletes the tag. */
  version: string | null;
  reason: string | null;
}

/** Finds the Registrar of a name. */
export type Registrars = (kind: ArtifactKind, name: string) => RegistrarCalls;
