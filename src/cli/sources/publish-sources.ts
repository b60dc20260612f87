import type { Client } from "../../client/create-client.ts";
import type { SourceResult } from "../../contract/function/registration.ts";
import { registerSources } from "../../contract/http/functions.ts";
import type { PublishOptions, PublishOutcome } from "../documents/publish-documents.ts";
import { sliceBatches } from "../documents/slice-batches.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { exitCodeOfResult, nothingDone, type Outcome } from "../outcome.ts";
import { describeFailure } from "../report-failure.ts";
import { count } from "../terminal/plain-text.ts";
import type { SourceFile } from "./read-sources.ts";
import { sentName } from "./sent-name.ts";

/** A source to publish, with the version that is asked for: of all its functions, or of each by its name. */
export interface SourceToPublish extends SourceFile {
  versions?: string | Record<string, string>;
}

/** Small enough that a progress bar moves: each source is analysed and committed by itself. */
const sliceLimits = { documents: 20, bytes: 1024 * 1024 };

/** Publishes sources in their order, each with all of its functions or none. `onProgress` is told how many are answered for. */
export async function publishSources(
  client: Client,
  sources: readonly SourceToPublish[],
  { isDryRun, brokenOff }: PublishOptions,
  onProgress: (done: number) => void = () => undefined,
): Promise<PublishOutcome> {
  const outcomes = new Map<SourceFile, Outcome[]>();
  for (const source of sources.filter(({ issues }) => issues.length > 0)) outcomes.set(source, [refusedHere(source)]);
  const slices = sliceBatches(
    sources.filter(({ issues }) => issues.length === 0),
    sliceLimits,
  );
  let seq: number | null = null;
  let failure = brokenOff;
  for (const slice of failure === undefined ? slices : []) {
    try {
      const answer = await client.call(registerSources, {
        query: isDryRun ? { dry_run: "true" } : {},
        body: { sources: slice.map(requestOf) },
        // Publishing a source again changes nothing.
        isIdempotent: true,
        timeoutMs: 120_000,
      });
      if (answer.seq !== null) seq = Math.max(seq ?? 0, answer.seq);
      for (const result of answer.results) {
        const source = slice[result.index];
        if (source !== undefined) outcomes.set(source, outcomesOf(source, result));
      }
    } catch (error) {
      failure = error;
      break;
    }
    onProgress(outcomes.size);
  }
  const inOrder = sources.flatMap((source) => outcomes.get(source) ?? [notSent(source, failure)]);
  return { seq, outcomes: inOrder, failure, slices: slices.length };
}

function requestOf({ file, text, language, versions }: SourceToPublish) {
  return { file: sentName(file), source: text, language, ...(versions === undefined ? {} : { versions }) };
}

/** One for each function; what is to be known of the whole file is told with the first. */
function outcomesOf({ file }: SourceFile, result: SourceResult): Outcome[] {
  const exitCode = exitCodeOfResult(result);
  if (result.status === "rejected" || result.functions.length === 0) {
    const { status, code, issues } = result;
    const errors = issues.filter(({ severity }) => severity === "error").length;
    // The registry's own sentence tells the first issue, which stands below with the others.
    const message =
      code === "INVALID_DOCUMENT" && errors > 0 ? `refused for ${count(errors, "error")}` : result.message;
    return [{ ...nothingDone, ...unnamed, file, status, code, message, issues, exitCode }];
  }
  return result.functions.map(({ name, version, digest, status, seq, comparison, issues }, position) => ({
    ...{ kind: "function" as const, file, position, name, version, digest, status, seq, comparison },
    ...{ code: null, message: null, issues: position === 0 ? [...result.issues, ...issues] : issues, exitCode },
  }));
}

const unnamed = { kind: "function", position: 0, name: null, version: null } as const;

function refusedHere({ file, issues }: SourceFile): Outcome {
  const code = "INVALID_DOCUMENT";
  const message = "not sent: it cannot be read";
  return { ...nothingDone, ...unnamed, file, status: "rejected", code, message, issues, exitCode: exitCodeOf[code] };
}

function notSent({ file }: SourceFile, failure: unknown): Outcome {
  const { code, message, exit_code: exitCode } = describeFailure(failure);
  return { ...nothingDone, ...unnamed, file, status: "not_sent", code, message, issues: [], exitCode };
}
