import { getRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { factBadge } from "../parts/badge.ts";
import { copyButton } from "../parts/copy-button.ts";
import { keepTime } from "../parts/elapsed-time.ts";
import { type Child, element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { artifactLink, runsLink } from "../place/place-link.ts";
import { runBody } from "./run-body.ts";

/** A run: how it stands, live; what it was given and gave; of a workflow its steps; what can be done about it. */
export function runPage(registry: Registry, { id }: { id: string }, left: AbortSignal): HTMLElement {
  const page = element("div", { class: "artifact run-page" }, loadingNote("the run"));

  async function load(): Promise<void> {
    page.setAttribute("aria-busy", "true");
    try {
      const run = await registry.client.call(getRun, { params: { run_id: id }, signal: left });
      page.replaceChildren(...header(run), runBody(registry, run, left));
    } catch (failure) {
      if (left.aborted) return;
      page.replaceChildren(wayBack("…"), element("h1", {}, "Run"), noAnswerPanel(registry, failure, load));
    }
    page.removeAttribute("aria-busy");
  }

  keepTime(page, left);
  void load();
  return page;
}

function header({ id, kind, name, version }: Run): HTMLElement[] {
  return [
    wayBack(element("a", { href: runsLink({ kind, name }) }, name)),
    element(
      "h1",
      { tabindex: "-1" },
      "Run of ",
      element("a", { href: artifactLink(kind, `${name}@${version}`) }, name),
      element("span", { class: "quiet" }, ` ${version}`),
    ),
    element(
      "p",
      { class: "identity" },
      factBadge(kind, `a run of a ${kind}`),
      element("code", {}, id),
      copyButton("the run's id", id),
    ),
  ];
}

function wayBack(...path: Child[]): HTMLElement {
  const list = element("a", { href: runsLink({}) }, "Runs");
  return element("nav", { class: "way-back", "aria-label": "Way back" }, list, " / ", ...path);
}
