import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceBatchAnswer, SourceResult } from "../../contract/function/registration.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { namesIn, refusedAmong } from "../access/guard-registrars.ts";
import { orOutage } from "../artifact/or-outage.ts";
import type { RegisterHow } from "../template/batch-members.ts";
import { runInOrder } from "../template/run-in-order.ts";
import { AssumedNames } from "./assumed-names.ts";
import { type FunctionSource, type PreparedSource, prepareSource } from "./prepare-source.ts";
import { publish, type RegisterSourceNeeds } from "./register-source.ts";

/** One source of a batch; a failure when it cannot even be read. */
export interface BatchMember {
  file: string;
  source: Result<FunctionSource, Failure>;
}

/** Workers open at most six connections at once for one request; more members at a time would only wait for each other. */
const membersAtOnce = 6;

/** Publishes many sources, those that publish the same name one after the other, in the order sent. Each is all or nothing by itself. */
export async function registerSources(
  needs: RegisterSourceNeeds,
  members: readonly BatchMember[],
  how: RegisterHow,
): Promise<SourceBatchAnswer> {
  const prepared = await prepareAll(needs, members);
  const outcomes = new Map<number, Result<Registration[], Failure>>();
  const assumed = new AssumedNames(needs, how.assume);
  const pieces = prepared.flatMap((one, index) => {
    if (!one.ok) return [];
    const { draft } = one.value;
    const assumeOne = async () => {
      const refused = refusedAmong(needs.refuseName, "function", namesIn(draft));
      return refused === null ? assumed.publish(draft) : refusal(refused);
    };
    const publishOne = () => (how.isDryRun ? assumeOne() : publish(needs.registrars, draft, how.by));
    const run = async () => void outcomes.set(index, await orOutage(publishOne));
    return [{ writes: draft.functions.map(({ id }) => id), reads: [], run }];
  });
  await runInOrder(pieces, membersAtOnce);
  const results = members.map(({ file }, index) => resultOf(index, file, prepared[index], outcomes.get(index)));
  return { dry_run: how.isDryRun, seq: highestSeq(results), results };
}

async function prepareAll(
  needs: Pick<RegisterSourceNeeds, "analyzer">,
  members: readonly BatchMember[],
): Promise<Result<PreparedSource, Failure>[]> {
  const prepared = new Map<number, Result<PreparedSource, Failure>>();
  const pieces = members.map(({ source }, index) => {
    const prepare = async () => (source.ok ? prepareSource(needs.analyzer, source.value) : source);
    const run = async () => void prepared.set(index, await orOutage(prepare));
    return { writes: [], reads: [], run };
  });
  await runInOrder(pieces, membersAtOnce);
  return members.map((_, index) => prepared.get(index) ?? refusal(notLookedAt));
}

const notLookedAt: Failure = { code: "INTERNAL", message: "this source was not looked at" };

function resultOf(
  index: number,
  file: string,
  prepared: Result<PreparedSource, Failure> | undefined,
  outcome: Result<Registration[], Failure> | undefined,
): SourceResult {
  const warnings = prepared?.ok ? prepared.value.warnings : [];
  if (outcome?.ok) {
    const isNew = outcome.value.some((one) => one.status === "created");
    const status = isNew ? "created" : "unchanged";
    return { index, file, status, functions: outcome.value, code: null, message: null, issues: warnings };
  }
  const failure = outcome?.failure ?? (prepared?.ok === false ? prepared.failure : notLookedAt);
  const { code, message, issues = [] } = failure;
  return { index, file, status: "rejected", functions: [], code, message, issues };
}

function highestSeq(results: readonly SourceResult[]): number | null {
  const seqs = results.flatMap(({ functions }) => functions.flatMap(({ seq }) => (seq === null ? [] : [seq])));
  return seqs.length === 0 ? null : Math.max(...seqs);
}
