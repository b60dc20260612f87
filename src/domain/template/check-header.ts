import { limits } from "../../contract/limits.ts";
import { concreteTemplate, execution, stage } from "../../contract/template/document.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "./check-finding.ts";
import { checkKeys } from "./check-keys.ts";
import { checkCount, checkShape, membersOf, wrongType } from "./check-shape.ts";
import { quote } from "./value/show-value.ts";

/** Where the template stands in its document. */
export const templatePath = "/template";

/** Every key that a template may have. */
export const templateKeys = [...Object.keys(concreteTemplate.shape), "extends"];

/** Checks what a template says about itself: its keys, texts, execution and stages. `isPartial`: what is missing may come later. */
export function checkHeader(template: JsonMap, isPartial: boolean): Finding[] {
  const findings = checkKeys(template, templateKeys, templatePath);
  for (const key of ["name", "interface", "requirements"]) {
    if (isPartial || Object.hasOwn(template, key)) continue;
    findings.push(
      errorAt("missing_key", childPointer(templatePath, key), `the key ${key} is missing`, hints[key], "key"),
    );
  }
  for (const key of ["name", "description", "category", "author", "tags"] as const) {
    const found = own(template, key);
    if (found !== undefined)
      findings.push(...checkShape(concreteTemplate.shape[key], found, childPointer(templatePath, key)));
  }
  const abstract = own(template, "abstract");
  if (abstract !== undefined && typeof abstract !== "boolean") {
    findings.push(wrongType(childPointer(templatePath, "abstract"), "true or false", abstract));
  }
  findings.push(...checkExecution(template), ...checkStages(template));
  if (!Object.hasOwn(template, "description")) {
    const message = "the template has no description: people and agents choose by it";
    const path = childPointer(templatePath, "description");
    findings.push(warningAt("no_description", path, message, "add a description", "key"));
  }
  return findings;
}

const hints: Record<string, string> = {
  name: "add a name for people to read",
  interface: "add interface with inputs and outputs",
  requirements: "add requirements with resources; resources: {} asks for the defaults",
};

function checkExecution(template: JsonMap): Finding[] {
  const found = own(template, "execution");
  if (found === undefined) return [];
  return checkShape(execution, found, childPointer(templatePath, "execution"), Object.keys(execution.shape));
}

function checkStages(template: JsonMap): Finding[] {
  const found = own(template, "stages");
  if (found === undefined) return [];
  const path = childPointer(templatePath, "stages");
  const { members, findings } = membersOf(found, path);
  if (Array.isArray(found) && found.length === 0) {
    findings.push(errorAt("too_few", path, "expected at least 1 stage, found none", "leave stages out"));
  }
  findings.push(...checkCount(members.length, limits.stages, "stages", path));
  const names = new Set<string>();
  for (const [member, memberPath] of members.slice(0, limits.stages)) {
    findings.push(
      ...checkShape(stage, member, memberPath, Object.keys(stage.shape)),
      ...checkRepeated(member, memberPath, names),
    );
  }
  return findings;
}

function checkRepeated(member: JsonValue, path: string, names: Set<string>): Finding[] {
  const name = isMap(member) ? own(member, "name") : undefined;
  if (typeof name !== "string") return [];
  if (!names.has(name)) {
    names.add(name);
    return [];
  }
  const message = `there are two stages of the name ${quote(name)}`;
  return [errorAt("stage_duplicate", childPointer(path, "name"), message, "give each stage a name of its own")];
}
