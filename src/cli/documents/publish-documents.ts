import type { Client } from "../../client/create-client.ts";
import type { BatchAnswer, BatchResult } from "../../contract/artifact/registration.ts";
import { registerAgents } from "../../contract/http/agents.ts";
import { registerTemplates } from "../../contract/http/templates.ts";
import { registerWorkflows } from "../../contract/http/workflows.ts";
import { limits } from "../../contract/limits.ts";
import { type DocumentKind, documentKinds } from "../../domain/document/kind-of-document.ts";
import { joinStream } from "../../domain/document/split-stream.ts";
import { orderByParent } from "../../domain/template/order-by-parent.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { exitCodeOfResult, nothingDone, type Outcome } from "../outcome.ts";
import { describeFailure } from "../report-failure.ts";
import { count } from "../terminal/plain-text.ts";
import { moveIssue, type SourceDocument } from "./read-documents.ts";
import { sliceBatches } from "./slice-batches.ts";

/** What a publish did: outcomes in the order of the files, and the failure that broke it off. */
export interface PublishOutcome {
  seq: number | null;
  outcomes: Outcome[];
  failure: unknown;
  /** How many requests the kind took that took most. */
  slices: number;
}

/** How documents are published. */
export interface PublishOptions {
  isDryRun: boolean;
  /** What broke the publish off before their turn came; undefined when nothing did. */
  brokenOff?: unknown;
}

/** Registers documents, parents first, in slices of one kind each. `onProgress` is told how many documents are answered for. */
export async function publishDocuments(
  client: Client,
  documents: readonly SourceDocument[],
  { isDryRun, brokenOff }: PublishOptions,
  onProgress: (done: number) => void = () => undefined,
): Promise<PublishOutcome> {
  const outcomes = new Map<SourceDocument, Outcome>();
  for (const unread of documents.filter(({ kind }) => kind === null)) outcomes.set(unread, refusedHere(unread));
  const slices = documentKinds.flatMap((kind) => {
    const items = parentsFirst(documents.filter((source) => source.kind === kind));
    return sliceBatches(items, isDryRun ? dryRunSlice : undefined).map((slice) => ({ kind, slice }));
  });
  let seq: number | null = null;
  let failure = brokenOff;
  for (const { kind, slice } of failure === undefined ? slices : []) {
    try {
      const answer = await sendSlice(client, kind, slice, isDryRun);
      if (answer.seq !== null) seq = Math.max(seq ?? 0, answer.seq);
      for (const result of answer.results) {
        const source = slice[result.index];
        if (source !== undefined) outcomes.set(source, outcomeOf(kind, source, result));
      }
    } catch (error) {
      failure = error;
      break;
    }
    onProgress(outcomes.size);
  }
  const inOrder = documents.map((source) => outcomes.get(source) ?? notSent(source, failure));
  const most = Math.max(0, ...documentKinds.map((one) => slices.filter(({ kind }) => kind === one).length));
  return { seq, outcomes: inOrder, failure, slices: most };
}

const batchRoutes = {
  template: registerTemplates,
  agent: registerAgents.batch,
  workflow: registerWorkflows.batch,
} as const satisfies Record<DocumentKind, unknown>;

/** Members of one dry run see each other, those of two do not: so a dry run takes all that one request may carry. */
const dryRunSlice = { documents: limits.batchDocuments, bytes: limits.batchBytes };

function parentsFirst(documents: readonly SourceDocument[]): SourceDocument[] {
  const { order } = orderByParent(
    documents.flatMap(({ header }, index) =>
      header.id === null || header.version === null
        ? []
        : [{ index, id: header.id, version: header.version, extends: header.extends }],
    ),
  );
  const ordered = new Set(order.flatMap((index) => documents[index] ?? []));
  // What has no place in the order is in a cycle or lacks its name: the registry says so.
  return [...ordered, ...documents.filter((source) => !ordered.has(source))];
}

async function sendSlice(
  client: Client,
  kind: DocumentKind,
  slice: readonly SourceDocument[],
  isDryRun: boolean,
): Promise<BatchAnswer> {
  const { stream, firstLines } = joinStream(slice.map(({ text }) => text));
  const answer = await client.call(batchRoutes[kind], {
    query: isDryRun ? { dry_run: "true" } : { file: slice.map(({ sentAs }) => sentAs) },
    body: stream,
    mediaType: "application/yaml",
    // Registering a document again changes nothing.
    isIdempotent: true,
    timeoutMs: 120_000,
  });
  if (answer.results.length !== slice.length) {
    throw new Error(`${client.url} answered for ${answer.results.length} documents where ${slice.length} were sent`);
  }
  const results = answer.results.map((result) => {
    const byLines = (slice[result.index]?.firstLine ?? 1) - (firstLines[result.index] ?? 1);
    return { ...result, issues: result.issues.map((found) => moveIssue(found, byLines)) };
  });
  return { ...answer, results };
}

function outcomeOf(kind: DocumentKind, source: SourceDocument, { index: _, ...result }: BatchResult): Outcome {
  const { file, position } = source;
  const outcome: Outcome = { ...result, kind, file, position, exitCode: exitCodeOfResult(result) };
  if (result.code !== "INVALID_DOCUMENT" || result.issues.length === 0) return outcome;
  // The registry's own sentence names a line of the stream, which the author never saw; the issues below it tell all.
  const errors = result.issues.filter(({ severity }) => severity === "error").length;
  return { ...outcome, message: `refused for ${count(errors, "error")}` };
}

function refusedHere(source: SourceDocument): Outcome {
  const { file, position, issues } = source;
  const message = source.document === null ? "not sent: it cannot be read" : "not sent: it is of no kind that is known";
  const code = "INVALID_DOCUMENT";
  const { id: name, version } = source.header;
  const told = { kind: source.kind, file, position, name, version };
  return { ...nothingDone, ...told, status: "rejected", code, message, issues, exitCode: exitCodeOf[code] };
}

function notSent(source: SourceDocument, failure: unknown): Outcome {
  const { file, position } = source;
  const { code, message, exit_code: exitCode } = describeFailure(failure);
  const { id: name, version } = source.header;
  const told = { kind: source.kind, file, position, name, version };
  return { ...nothingDone, ...told, status: "not_sent", code, message, issues: [], exitCode };
}
