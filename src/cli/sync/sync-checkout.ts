import type { PublishOutcome } from "../documents/publish-documents.ts";
import { type ExitCode, exitCodes, worstExitCode } from "../exit-codes.ts";
import { countOutcomes, type Outcome, type OutcomeCounts } from "../outcome.ts";
import { publishAll, showProgress } from "../publish-files.ts";
import { describeFailure } from "../report-failure.ts";
import type { Session } from "../session.ts";
import { applyChanges } from "./apply-changes.ts";
import type { Checkout } from "./open-checkout.ts";
import { type Drift, planSync, type StateChange, type SyncPlan } from "./plan-sync.ts";
import type { CheckoutFiles } from "./read-checkout.ts";
import { readKnown, readSurplus } from "./read-registry.ts";
import { renderSync } from "./render-sync.ts";

/** What a sync is asked to do. */
export interface SyncOptions {
  apply: boolean;
  /** Whether what is good is applied while something else is rejected. */
  keepGoing: boolean;
  /** Whether a difference is a failure. */
  check: boolean;
  /** Names that are deprecated where the folder does not have them. */
  prune: readonly string[];
}

/** What a sync came to, as `--json` tells it. */
export interface SyncReport {
  is_applied: boolean;
  /** Whether the registry already has all of it and nothing else. */
  in_sync: boolean;
  from: { label: string; commit: string | null };
  seq: number | null;
  counts: OutcomeCounts & { restored: number; deprecated: number; skipped: number };
  results: Omit<Outcome, "exitCode">[];
  changes: StateChange[];
  drift: Drift[];
}

/** Compares files with the registry, applies what is asked for, and tells what came of it. */
export async function syncCheckout(
  session: Session,
  checkout: Checkout,
  files: CheckoutFiles,
  options: SyncOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const client = session.client();
  const planned = await publish(session, files, true);
  if (planned.failure !== undefined) throw planned.failure;
  const isGood = planned.outcomes.every(({ status }) => status !== "rejected");
  // A file that is rejected may be the one that has the name.
  const surplus = isGood ? await readSurplus(client, options.prune, planned.outcomes) : [];
  const plan = planSync(planned.outcomes, await readKnown(client, planned.outcomes), surplus, checkout.label);
  const isApplied = options.apply && (isGood || options.keepGoing);
  const done: DoneSync = isApplied
    ? await applyPlan(session, checkout, files, { ...planned, plan })
    : { ...planned, plan };
  const report = reportOf(checkout, files, done, isApplied);
  terminal.answer(report, () => renderSync(report, files.texts, client.url, terminal.colors));
  if (!isGood && options.prune.length > 0) terminal.warn("note: nothing is deprecated while files are rejected");
  if (done.failure !== undefined) {
    terminal.warn(`${terminal.colors.red("error")}  broken off: ${describeFailure(done.failure).message}`);
    terminal.note("run it again: what is done already stays as it is");
  } else if (options.apply && !isApplied) {
    terminal.warn("note: nothing was applied, because of what is rejected; --keep-going applies the rest");
  }
  const worst = worstExitCode(done.outcomes.map(({ exitCode }) => exitCode));
  if (worst !== exitCodes.ok) return worst;
  return options.check && differs(report) ? exitCodes.invalid : exitCodes.ok;
}

/** What publishing did and what else changed; of a plan: what would. */
type DoneSync = Pick<PublishOutcome, "outcomes" | "failure" | "seq"> & { plan: SyncPlan };

async function publish(session: Session, files: CheckoutFiles, isDryRun: boolean): Promise<PublishOutcome> {
  const { documents, sources } = files;
  const progress = showProgress(session.terminal, documents.length + sources.length);
  const publishing = publishAll(session.client(), { documents, sources, isDryRun }, progress.update);
  const all = await publishing.finally(progress.stop);
  return { ...all, outcomes: all.outcomes.filter((one) => !isOfNoFunction(one)) };
}

async function applyPlan(
  session: Session,
  checkout: Checkout,
  files: CheckoutFiles,
  { outcomes: planned, plan }: DoneSync,
): Promise<DoneSync> {
  const done = await publish(session, files, false);
  // What was foreseen no longer holds: nothing is taken away on its account.
  const isAsPlanned = done.failure === undefined && done.outcomes.every((one) => wasSo(one, planned));
  const changes = isAsPlanned ? plan.changes : [];
  const seqs = [done.seq, await applyChanges(session.client(), changes, checkout)].flatMap((seq) => seq ?? []);
  return { ...done, seq: seqs.length === 0 ? null : Math.max(...seqs), plan: { ...plan, changes } };
}

/** Whether an outcome is the one that was foreseen, or better: only then is it safe to go on. */
function wasSo(outcome: Outcome, planned: readonly Outcome[]): boolean {
  if (outcome.status === "created" || outcome.status === "unchanged") return true;
  return planned.some(
    (one) => one.file === outcome.file && one.position === outcome.position && one.status === outcome.status,
  );
}

/** Code of something else that lies among functions: a push leaves it alone too. */
function isOfNoFunction({ kind, status, issues }: Outcome): boolean {
  const errors = issues.filter(({ severity }) => severity === "error");
  return (
    kind === "function" &&
    status === "rejected" &&
    errors.length > 0 &&
    errors.every(({ code }) => code === "no_function")
  );
}

function reportOf(
  { label, commit }: Checkout,
  { files }: CheckoutFiles,
  { outcomes, plan, seq }: DoneSync,
  isApplied: boolean,
): SyncReport {
  const ofChange = (wanted: StateChange["change"]) => plan.changes.filter(({ change }) => change === wanted).length;
  const skipped = files - new Set(outcomes.map(({ file }) => file)).size;
  const counted = { ...countOutcomes(outcomes), restored: ofChange("restored"), deprecated: ofChange("deprecated") };
  const results = outcomes.map(({ exitCode: _, ...outcome }) => outcome);
  const isInSync =
    plan.changes.length + plan.drift.length === 0 && outcomes.every(({ status }) => status === "unchanged");
  const from = { label, commit };
  return { is_applied: isApplied, in_sync: isInSync, from, seq, counts: { ...counted, skipped }, results, ...plan };
}

/** After an apply only what it left differs; before it, what it would do too. */
function differs({ is_applied: isApplied, in_sync: isInSync, drift }: SyncReport): boolean {
  return isApplied ? drift.length > 0 : !isInSync;
}
