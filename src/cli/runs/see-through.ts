import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";
import { tellEnd } from "./tell-end.ts";
import { laterText, type WatchFlags, watchUntilEnd } from "./watch-until-end.ts";

/** Sees a run through to its end as the flags ask, tells what came of it, and answers the exit status. */
export async function seeThrough(session: Session, begun: Run, flags: WatchFlags, folder?: string): Promise<ExitCode> {
  const { terminal } = session;
  if (flags.detach) {
    terminal.answer({ run: begun, saved: [] }, () => begun.id);
    // A run at the edge has ended when it is answered.
    if (!isFinal(begun.state)) terminal.note(laterText(begun));
    return exitCodes.ok;
  }
  terminal.note(`run ${begun.id} of ${plainText(begun.name)} ${begun.version}`);
  const end = await watchUntilEnd(session, begun, flags);
  if (end.how === "ended") return tellEnd(session, end.run, folder);
  if (terminal.isJson) terminal.answer({ run: begun, saved: [] }, () => "");
  terminal.note(laterText(begun));
  return end.isAsked ? exitCodes.ok : exitCodes.detached;
}
