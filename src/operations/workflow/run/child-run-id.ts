import { v7 } from "uuid";
import { digestOfBytes } from "../../../domain/document/canonical-digest.ts";

/**
 * The id of the run that does a step: the same for the same step, so that making it twice makes one run. It sorts by the time of the workflow's
 * own run.
 */
export function childRunId(runId: string, path: string, createdAt: string): string {
  const hex = digestOfBytes(new TextEncoder().encode(`${runId}\n${path}`)).slice("sha256:".length);
  const random = Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
  return v7({ msecs: Date.parse(createdAt), random });
}
