import { type CallingWorkflow, listCallers } from "../../bindings/d1/workflow/skill-rows.ts";
import { isAbstract } from "../../contract/artifact/callable.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Issue } from "../../contract/issue.ts";
import { parseSkill } from "../../domain/agent/parse-skill.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { copyJson, type JsonValue } from "../../domain/document/json-value.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import { brokenSteps } from "../../domain/workflow/broken-steps.ts";
import { skillsIn } from "../../domain/workflow/skills-of.ts";
import { loadInterfaces } from "./known-skills.ts";
import { readFlattened } from "./read-workflow.ts";
import { type ResolvedSkills, resolveSkills } from "./resolve-skills.ts";

/** Workflows that are looked at, and bytes of their documents: a dry run has seconds, not minutes. */
const mostCallers = 100;
const mostBytes = 2 * 1024 * 1024;

interface Caller extends CallingWorkflow {
  document: JsonValue;
  texts: string[];
}

/**
 * What a dry run tells, with a warning for each step of a stored workflow that would no longer fit: workflows whose latest version calls the
 * name by a selector that takes the new version. `after`: the name with that version.
 */
export async function withBrokenWorkflows(
  needs: { db: D1Database; blobs: R2Bucket },
  registration: Registration,
  candidate: Candidate,
  after: NameState,
): Promise<Registration> {
  if (registration.status === "unchanged") return registration;
  const broken = await findBroken(needs, candidate, after);
  return broken.length === 0 ? registration : { ...registration, issues: [...registration.issues, ...broken] };
}

async function findBroken(
  needs: { db: D1Database; blobs: R2Bucket },
  candidate: Candidate,
  after: NameState,
): Promise<Issue[]> {
  const { callable } = candidate;
  if (callable === null || isAbstract(callable)) return [];
  const callers = await loadCallers(needs, candidate);
  if (callers.length === 0) return [];
  const resolved = await resolveSkills(
    needs,
    callers.flatMap(({ texts }) => texts),
  );
  const taking = skillsTaking(resolved, candidate, after);
  // Those that change come first: of many others, not all are read.
  const ordered = new Map([...resolved].sort(([a], [b]) => Number(taking.has(b)) - Number(taking.has(a))));
  const was = await loadInterfaces(needs.blobs, ordered);
  const { inputs = null, outputs = null } = callable.interface;
  const is = new Map([...was, ...[...taking].map((text) => [text, { inputs, outputs }] as const)]);
  return callers
    .filter(({ texts }) => texts.some((text) => taking.has(text)))
    .flatMap((caller) => brokenSteps(caller.document, was, is).map((step) => issueOf(caller, step, candidate)));
}

async function loadCallers(
  { db, blobs }: { db: D1Database; blobs: R2Bucket },
  candidate: Candidate,
): Promise<Caller[]> {
  const callers: Caller[] = [];
  let sizeBytes = 0;
  for (const calling of await listCallers(db, candidate, mostCallers)) {
    const read = await readFlattened(blobs, calling.flattenedDigest);
    sizeBytes += read.sizeBytes;
    if (sizeBytes > mostBytes) break;
    const document = copyJson(read.value);
    callers.push({ ...calling, document, texts: [...new Set(skillsIn(document).flatMap(({ text }) => text ?? []))] });
  }
  return callers;
}

/** The skills that the artifact answers to now, and would answer to with the new version. */
function skillsTaking(resolved: ResolvedSkills, { kind, name, version }: Candidate, after: NameState): Set<string> {
  const index = indexOf(after, 0, "");
  const takes = (text: string): boolean => {
    const parsed = parseSkill(text);
    const chosen = parsed.ok ? chooseVersion(index, parsed.value.selector) : null;
    return chosen?.ok === true && chosen.value.version === version;
  };
  const own = [...resolved].filter(
    ([, found]) => found.ok && found.value.pin.kind === kind && found.value.pin.name === name,
  );
  return new Set(own.map(([text]) => text).filter(takes));
}

function issueOf(
  caller: Caller,
  { where, message }: ReturnType<typeof brokenSteps>[number],
  { name, version }: Candidate,
): Issue {
  return {
    severity: "warning",
    path: "",
    line: null,
    column: null,
    code: "breaks_workflow",
    message: `workflow ${caller.name}@${caller.version} would break with ${name}@${version}, ${where}: ${message}`,
    suggestion: `publish a version of ${caller.name} that fits, or let it name the version that it was made for`,
  };
}
