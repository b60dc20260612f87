import { CallFailure } from "../../client/call-failure.ts";
import type { Issue } from "../../contract/issue.ts";
import type { ValidationAnswer } from "../../contract/template/validation.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { resourceList } from "./resource-list.ts";

/** The inputs are accepted: what a run would be given, which of it are defaults, and what it would need. */
export function acceptedOutcome(sent: Record<string, unknown>, answer: ValidationAnswer): HTMLElement {
  const rows = Object.entries(answer.inputs).map(([name, value]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, element("code", {}, name)),
      element("td", {}, element("code", {}, JSON.stringify(value))),
      element("td", {}, Object.hasOwn(sent, name) ? "given" : element("span", { class: "badge" }, "default")),
    ),
  );
  const columns = ["Input", "Value", "From"].map((column) => element("th", { scope: "col" }, column));
  return element(
    "div",
    { class: "panel accepted" },
    element("h3", {}, `Accepted by ${answer.name}@${answer.version}`),
    element("table", {}, element("thead", {}, element("tr", {}, ...columns)), element("tbody", {}, ...rows)),
    ...needs(answer),
    Object.keys(answer.parameters).length === 0 ? null : element("h3", {}, "The preset's parameters"),
    Object.keys(answer.parameters).length === 0
      ? null
      : codeBlock("the parameters", JSON.stringify(answer.parameters, null, 2), "json"),
  );
}

/** A workflow's steps need what each of them needs: it needs nothing itself. */
function needs({ quality, resources }: ValidationAnswer): HTMLElement[] {
  if (resources === null) return [];
  return [
    element("h3", {}, quality === null ? "A run needs" : `A run needs, with quality ${quality}`),
    resourceList(resources),
  ];
}

/** The registry refused, or did not answer. */
export function failedOutcome(failure: unknown): HTMLElement {
  const { title, detail } = told(failure);
  const problem = failure instanceof CallFailure ? failure.problem : null;
  const issues = problem?.issues ?? [];
  const count = problem?.issue_count ?? issues.length;
  return element(
    "div",
    { class: "panel failure" },
    element("h3", {}, title),
    issues.length === 0 ? element("p", {}, detail) : element("ul", { class: "issues" }, ...issues.map(issueItem)),
    count > issues.length ? element("p", { class: "quiet" }, `and ${count - issues.length} more`) : null,
  );
}

/** What was typed is not JSON. */
export function unreadableOutcome(message: string): HTMLElement {
  return element(
    "div",
    { class: "panel failure" },
    element("h3", {}, "This is not a JSON object"),
    element("p", {}, message),
  );
}

function issueItem(issue: Issue): HTMLElement {
  return element(
    "li",
    {},
    element("code", { class: "pointer" }, issue.path === "" ? "(all)" : issue.path),
    " ",
    issue.message,
    issue.suggestion === null ? null : element("span", { class: "quiet" }, ` (${issue.suggestion})`),
  );
}
