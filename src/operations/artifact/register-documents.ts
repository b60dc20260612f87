import type { BatchAnswer, Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { orderByNeed } from "../../domain/workflow/order-by-need.ts";
import { refusedAmong } from "../access/guard-registrars.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { batchAnswerOf } from "../template/batch-results.ts";
import { runInOrder } from "../template/run-in-order.ts";
import { AssumedDocuments } from "./assumed-documents.ts";
import type { DocumentKind } from "./document-kind.ts";
import { orOutage } from "./or-outage.ts";
import type { RegisterDocumentNeeds } from "./register-document.ts";

/** Workers open at most six connections at once for one request; more members at a time would only wait for each other. */
const membersAtOnce = 6;

/**
 * Registers many documents, each after those that it refers to, those of one name in the order sent. One bad document stops no other, and each
 * has its own result. Members of a dry run see those before them as if they were published.
 */
export async function registerDocuments(
  needs: RegisterDocumentNeeds,
  kind: DocumentKind,
  sources: readonly DocumentSource[],
  { by, isDryRun }: { by: string; isDryRun: boolean },
): Promise<BatchAnswer> {
  const headers = sources.map(({ reading }) => (reading.document === null ? null : kind.header(reading.document)));
  const members = sources.map(({ reading }, index) => ({
    name: headers[index]?.id ?? null,
    needs: reading.document === null ? [] : kind.needsOf(reading.document),
  }));
  const outcomes = new Map<number, Result<Registration, Failure>>();
  const assumed = new AssumedDocuments(needs);
  const registerMember = async (source: DocumentSource): Promise<Result<Registration, Failure>> => {
    const prepared = await kind.prepare(source, { name: null });
    if (!prepared.ok) return prepared;
    const given = prepared.value;
    const refused = isDryRun ? refusedAmong(needs.refuseName, given.kind, [given.name]) : null;
    if (refused !== null) return refusal(refused);
    return isDryRun
      ? assumed.register(given, by, kind.assume)
      : needs.registrars(given.kind, given.name).register(given, by);
  };
  const pieces = orderByNeed(members).flatMap((index) => {
    const [source, member] = [sources[index], members[index]];
    if (source === undefined || member === undefined) return [];
    const run = async () => void outcomes.set(index, await orOutage(() => registerMember(source)));
    return [{ writes: member.name === null ? [] : [member.name], reads: member.needs, run }];
  });
  await runInOrder(pieces, membersAtOnce);
  return batchAnswerOf(headers, outcomes, isDryRun);
}
