import type { ArtifactKind } from "../contract/artifact/kind.ts";
import type { BatchResult } from "../contract/artifact/registration.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";

/**
 * What publishing did to one document, or to one function of a source; a source that is refused has one for all of it, without a
 * name. `not_sent`: the publish was broken off before the registry answered for it.
 */
export interface Outcome extends Omit<BatchResult, "index" | "status" | "code"> {
  /** Null where a document does not tell it. */
  kind: ArtifactKind | null;
  file: string;
  /** Which document of the file, or which function, from 0. */
  position: number;
  status: BatchResult["status"] | "not_sent";
  code: string | null;
  exitCode: ExitCode;
}

/** What an outcome tells where nothing was registered. */
export const nothingDone = { digest: null, seq: null, comparison: null };

/** The exit status of what a result of a batch says. */
export function exitCodeOfResult({ code }: Pick<BatchResult, "code">): ExitCode {
  return code === null ? exitCodes.ok : exitCodeOf[code];
}

/** How many of each; under these names `--json` tells them. */
export type OutcomeCounts = Record<Outcome["status"], number>;

/** Counts outcomes. */
export function countOutcomes(outcomes: readonly Outcome[]): OutcomeCounts {
  const counts: OutcomeCounts = { created: 0, unchanged: 0, rejected: 0, not_sent: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}
