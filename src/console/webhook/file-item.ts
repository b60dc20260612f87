import type { Issue } from "../../contract/issue.ts";
import type { FileOutcome } from "../../contract/webhook/delivery.ts";
import { element } from "../parts/element.ts";
import { artifactLink } from "../place/place-link.ts";
import { fileBadge } from "./delivery-badge.ts";

/** What became of one file of a push: what it published, or each thing that is wrong with it, with its line. */
export function fileItem(file: FileOutcome): HTMLLIElement {
  const { path, previous_path: before, status, artifacts, message, issues } = file;
  return element(
    "li",
    { class: "change hook-file", "data-status": status },
    element(
      "p",
      { class: "hook-file-head" },
      fileBadge(status),
      element("code", {}, path),
      before === null ? null : element("span", { class: "quiet" }, "was ", element("code", {}, before)),
    ),
    artifacts.length === 0
      ? null
      : element("p", { class: "hook-artifacts" }, ...artifacts.map((one) => artifactText(one, isThere(status)))),
    // Its issues say the same, with their places.
    message === null || issues.length > 0 ? null : element("p", {}, message),
    issues.length === 0 ? null : element("ul", { class: "issues" }, ...issues.map((issue) => issueItem(path, issue))),
  );
}

/** What is refused, or waits for another file, is not published: there may be nothing to lead to. */
function isThere(status: FileOutcome["status"]): boolean {
  return status !== "rejected" && status !== "held";
}

function artifactText({ kind, name, version }: FileOutcome["artifacts"][number], hasPage: boolean): HTMLElement {
  const reference = version === null ? name : `${name}@${version}`;
  const link = hasPage ? element("a", { href: artifactLink(kind, reference) }, reference) : reference;
  return element("span", {}, `${kind} `, link);
}

function issueItem(path: string, issue: Issue): HTMLElement {
  const { line, column, severity, code, message, suggestion, snippet } = issue;
  const place = [path, ...(line === null ? [] : [line]), ...(column === null ? [] : [column])].join(":");
  const isPointed = line === null && issue.path !== "";
  return element(
    "li",
    {},
    element("code", { class: "pointer" }, isPointed ? `${place} ${issue.path}` : place),
    " ",
    element("span", { class: severity === "error" ? "issue-error" : "issue-warning" }, severity),
    ` ${message}`,
    suggestion === null ? null : element("span", { class: "quiet" }, ` (${suggestion})`),
    element("span", { class: "quiet" }, " ", element("code", {}, code)),
    snippet === undefined
      ? null
      : element("pre", { class: "snippet", tabindex: "0", role: "region", "aria-label": `Line ${line}` }, snippet),
  );
}
