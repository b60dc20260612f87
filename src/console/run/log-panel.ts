import type { LogEvent } from "../../contract/run/run-event.ts";
import { element } from "../parts/element.ts";

/** More lines than these make a page slow; the newest are shown. */
const mostLines = 1000;

export interface LogPanel {
  element: HTMLElement;
  add(lines: readonly LogEvent[]): void;
}

/** What a run's handler printed, as it comes. Nothing, until there is a line. */
export function logPanel(rawLog: string): LogPanel {
  const text = element("pre", { tabindex: "0", role: "region", "aria-label": "Log" });
  const dropped = element("p", { class: "quiet", hidden: true }, `Only the last ${mostLines} lines are shown; `);
  dropped.append(element("code", {}, rawLog), " shows all.");
  const panel = element(
    "section",
    { hidden: true },
    element("h2", {}, "Log"),
    dropped,
    element("div", { class: "code log" }, text),
  );
  return {
    element: panel,
    add(lines) {
      if (lines.length === 0) return;
      const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 4;
      text.append(
        ...lines.slice(-mostLines).map((line) => element("span", { class: `log-${line.stream}` }, `${line.text}\n`)),
      );
      while (text.childElementCount > mostLines) {
        text.firstElementChild?.remove();
        dropped.hidden = false;
      }
      panel.hidden = false;
      // Who reads further up is left there.
      if (atEnd) text.scrollTop = text.scrollHeight;
    },
  };
}
