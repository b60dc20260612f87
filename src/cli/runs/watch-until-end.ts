import { createInterface } from "node:readline/promises";
import type { Client } from "../../client/create-client.ts";
import { cancelRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import { describeFailure } from "../report-failure.ts";
import type { Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { followRun } from "./follow-run.ts";
import { followWorkflow } from "./follow-workflow.ts";
import { readOutline } from "./read-outline.ts";
import { lineView, liveView, type RunView } from "./run-view.ts";

/** How a run is waited for. */
export interface WatchFlags {
  watch?: boolean;
  wait?: boolean;
  detach?: boolean;
  logs?: boolean;
}

/** How the waiting ended: the run has, or it goes on without us. */
export type WatchEnd = { how: "ended"; run: Run } | { how: "detached"; isAsked: boolean };

/** Waits for a run's end and shows it meanwhile. Ctrl-C asks what to do; a signal where nobody can be asked leaves the run alone. */
export async function watchUntilEnd(session: Session, begun: Run, flags: WatchFlags): Promise<WatchEnd> {
  const { terminal } = session;
  const client = session.client();
  const isLive = terminal.showsProgress && flags.wait !== true;
  const outline = isLive && begun.kind === "workflow" ? await readOutline(client, begun) : null;
  const view = isLive
    ? liveView(terminal, Date.parse(begun.created_at), outline)
    : lineView(terminal, flags.watch === true);
  const leaving = new AbortController();
  let isAsked = false;
  let isAsking = false;
  const leave = (asked: boolean) => {
    isAsked = asked;
    leaving.abort();
  };
  const interrupt = async () => {
    if (!process.stdin.isTTY || !process.stderr.isTTY || terminal.isJson) return leave(false);
    if (isAsking) return leave(true);
    isAsking = true;
    const choice = await askWhatToDo(view, leaving.signal);
    isAsking = false;
    if (choice === "detach") leave(true);
    if (choice === "cancel") await cancel(client, begun.id, view);
  };
  const onInterrupt = () => void interrupt();
  const onTerminate = () => leave(false);
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
  try {
    const options = { showsLogs: flags.logs === true, signal: leaving.signal };
    const follow = begun.kind === "workflow" ? followWorkflow : followRun;
    return { how: "ended", run: await follow(client, begun, view, options) };
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
    return { how: "detached", isAsked };
  } finally {
    // Ends a question that is still open.
    leaving.abort();
    process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
    view.close();
  }
}

/** What can still be done with a run that nobody waits for. */
export function laterText(run: Run): string {
  const id = shortId(run.id);
  return `the run goes on; \`callsheet runs watch ${id}\` takes it up again, \`callsheet runs cancel ${id}\` ends it`;
}

async function askWhatToDo(view: RunView, signal: AbortSignal): Promise<"cancel" | "detach" | "go_on"> {
  view.hold(true);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // In readline's hands a second Ctrl-C is an event of its own, not a signal of the process; Ctrl-D closes.
  const ended = new Promise<null>((resolve) => {
    asking.once("SIGINT", () => resolve(null)).once("close", () => resolve(null));
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  const question = "Cancel the run, detach (it goes on), or go on watching? [c/d/Enter] ";
  const answered = asking.question(question, { signal }).catch(() => null);
  const answer = await Promise.race([answered, ended]);
  asking.close();
  // Nobody pressed Enter, so the question's line has not ended.
  if (answer === null) process.stderr.write("\n");
  const choice = answer?.trim().toLowerCase() ?? (signal.aborted ? "" : "d");
  if (choice.startsWith("d")) return "detach";
  view.hold(false);
  return choice.startsWith("c") ? "cancel" : "go_on";
}

async function cancel(client: Client, id: string, view: RunView): Promise<void> {
  view.note("cancelling");
  try {
    await client.call(cancelRun, { params: { run_id: id }, body: {}, isIdempotent: true });
  } catch (error) {
    view.note(`not cancelled: ${describeFailure(error).message}`);
  }
}
