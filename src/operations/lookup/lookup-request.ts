import type { ArtifactKind } from "../../contract/artifact/kind.ts";

/** A reference, and how new the state must be that it is answered from. */
export interface LookupRequest {
  kind: ArtifactKind;
  name: string;
  /** As written after `@`; null: `latest`. */
  selector: string | null;
  /** 0: no wish. */
  minSeq: number;
}
