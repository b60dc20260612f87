import { didYouMean } from "../did-you-mean.ts";
import { own } from "../document/json-value.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { quote } from "../template/value/show-value.ts";
import type { FlowStep } from "./data-flow.ts";
import type { ExpressionSite } from "./sites-of-step.ts";
import { nounOfKind } from "./step-keys.ts";
import type { WorkflowFacts } from "./workflow-facts.ts";

/** What is read of a step: the tokens behind its id. */
interface Read {
  step: FlowStep;
  path: readonly string[];
  guarded: boolean;
}

/** What is wrong with `outputs.x.y` behind a step's id, as far as the document itself tells what it gives. */
export function checkOutputsPath(facts: WorkflowFacts, site: ExpressionSite, read: Read): Finding[] {
  const { step, path, guarded } = read;
  const [part, ...rest] = path;
  if (part === undefined) return [];
  if (part !== "outputs") {
    const message = `steps.${step.id}.${part} is nothing; of a step its outputs can be read`;
    const meant = part === "output" || part === "result" ? rest : path;
    return [
      errorAt(
        "step_part_unknown",
        site.path,
        message,
        `did you mean ${["steps", step.id, "outputs", ...meant].join(".")}?`,
      ),
    ];
  }
  return checkInside(facts, site, { step, path: rest, guarded }, `steps.${step.id}.outputs`);
}

/** `said`: how what is looked into is written. */
function checkInside(facts: WorkflowFacts, site: ExpressionSite, read: Read, said: string): Finding[] {
  const { step, path, guarded } = read;
  const [name, ...rest] = path;
  if (name === undefined) return [];
  const body = facts.nodes.get(step.path)?.body ?? {};
  const alias = own(body, "outputs");
  switch (step.kind) {
    case "call":
    case "map":
      return typeof alias === "string" && name !== alias ? [unknownOutput(site, said, name, [alias], rest)] : [];
    case "approval": {
      const isWrapped = typeof alias === "string";
      const field = isWrapped && name === alias ? rest[0] : name;
      if (isWrapped && name !== alias) return [unknownOutput(site, said, name, [alias], rest)];
      if (field === undefined || answerKeys.includes(field)) return [];
      return [unknownOutput(site, isWrapped ? `${said}.${alias}` : said, field, answerKeys, [])];
    }
    case "sequence":
    case "parallel":
    case "conditional":
    case "switch":
      break;
  }
  const presence = step.children.get(name);
  if (presence === undefined) {
    const message = `${said} has no ${quote(name)}: ${nounOfKind[step.kind]} gives what the steps in it gave, under their ids`;
    const known = [...step.children.keys()];
    const near = didYouMean(name, known);
    const suggestion = near === null ? `it has ${known.join(", ") || "none"}` : `did you mean ${said}.${near}?`;
    return [errorAt("output_unknown", site.path, message, suggestion)];
  }
  if (presence === "maybe" && !guarded) {
    const message = `${said}.${name} is read, and may be missing: that step does not run on every way through ${step.id}`;
    const suggestion = `ask first: has(${said}.${name}) ? ${[said, name, ...rest].join(".")} : null`;
    return [errorAt("step_may_be_skipped", site.path, message, suggestion)];
  }
  const children = (facts.byId.get(name) ?? []).filter((child) => child.inside?.path === step.path);
  const found = children.map((child) =>
    checkInside(facts, site, { step: child, path: rest, guarded }, `${said}.${name}`),
  );
  return found.find((findings) => findings.length > 0) ?? [];
}

/** What an approval gives. */
export const answerKeys: readonly string[] = ["approved", "by", "comment", "at"];

function unknownOutput(
  site: ExpressionSite,
  said: string,
  name: string,
  known: readonly string[],
  rest: readonly string[],
): Finding {
  const message = `${said} has no ${quote(name)}; it has ${known.join(", ")}`;
  const near = didYouMean(name, known);
  // Behind an alias the result lies one level deeper than it was looked for.
  const [only] = known.length === 1 ? known : [];
  const meant = only === undefined ? near : near === null ? [only, name, ...rest].join(".") : [only, ...rest].join(".");
  return errorAt("output_unknown", site.path, message, meant === null ? null : `did you mean ${said}.${meant}?`);
}
