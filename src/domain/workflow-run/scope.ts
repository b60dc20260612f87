import type { JsonMap, JsonValue } from "../document/json-value.ts";
import { own } from "../document/json-value.ts";
import { type Result, success } from "../result.ts";
import type { Read } from "./document-texts.ts";
import type { Frame } from "./frame.ts";
import type { Interpretation } from "./interpretation.ts";
import type { Source, SourcedMap } from "./sourced.ts";
import {
  entitiesWanted,
  nowhere,
  type StepResult,
  sourceInResult,
  sourceWithin,
  valueOfResult,
} from "./step-result.ts";
import { nothingWanted, type Wanted, want } from "./wanted-values.ts";

/** What expressions read: as values, and where each of them came from. */
export interface Scope {
  values: JsonMap;
  /** Of what lies at a path; of nothing, for what is made by nobody's data. */
  sourceOf(path: readonly string[]): Source;
}

/** A scope with what these expressions read, and no more: outputs may be large. Refused when even that is too much. */
export async function openScope(
  { input, run, outputs }: Pick<Interpretation, "input" | "run" | "outputs">,
  frame: Frame,
  reads: readonly Read[],
): Promise<Result<Scope, string>> {
  const wanted = nothingWanted();
  for (const { path, isAsked } of reads) want(wanted, path, isAsked);
  const steps = stepsWanted(frame, wanted);
  const entities = new Set<string>();
  for (const { result, part } of steps) entitiesWanted(result, part, entities);
  const fetched = await outputs.fetch(entities);
  if (!fetched.ok) return fetched;

  const given = steps.map(({ id, result, part, isAskedOnly }): [string, JsonMap] => [
    id,
    isAskedOnly ? {} : { outputs: valueOfResult(result, part, fetched.value) },
  ]);
  const items = [...wanted.members.keys()].flatMap((name) => frame.item(name) ?? []);
  const values: JsonMap = Object.fromEntries<JsonValue>([
    ["workflow", { input: input.values }],
    ["steps", Object.fromEntries(given)],
    ["run", run],
    // Inside of a map, its item hides what has the same name.
    ...items.map(({ name, value }): [string, JsonValue] => [name, value]),
  ]);
  const shown = new Map(given);

  function sourceOf([root = "", ...path]: readonly string[]): Source {
    const item = frame.item(root);
    if (item !== undefined) return sourceWithin(item.source, path, item.value);
    if (root === "workflow")
      return sourceWithin({ members: { input: sourceOfInput(input) } }, path, { input: input.values });
    const [id = "", ...rest] = path;
    const ran = root === "steps" ? frame.step(id) : undefined;
    if (ran?.state !== "succeeded") return nowhere;
    const [part, ...inside] = rest;
    const source = sourceInResult(ran.result, inside, own(shown.get(id) ?? {}, "outputs"));
    return part === undefined ? { members: { outputs: source } } : source;
  }

  return success({ values, sourceOf });
}

interface WantedStep {
  id: string;
  result: StepResult;
  part: Wanted;
  isAskedOnly: boolean;
}

function stepsWanted(frame: Frame, wanted: Wanted): WantedStep[] {
  const steps = wanted.members.get("steps");
  const found: WantedStep[] = [];
  for (const [id, { isWhole, members }] of steps?.members ?? []) {
    const ran = frame.step(id);
    if (ran?.state !== "succeeded") continue;
    const part = isWhole ? { isWhole, members } : (members.get("outputs") ?? nothingWanted());
    found.push({ id, result: ran.result, part, isAskedOnly: !isWhole && members.size === 0 });
  }
  return found;
}

/** All inputs together are the data of the run's input entity. */
function sourceOfInput({ sources }: SourcedMap): Source {
  const known = Object.entries(sources);
  const [first] = known;
  const ecsId = first !== undefined && "at" in first[1] ? first[1].at.ecsId : null;
  const isWhole = known.every(
    ([key, source]) =>
      "at" in source && source.at.ecsId === ecsId && source.at.steps.length === 1 && source.at.steps[0] === key,
  );
  return isWhole && ecsId !== null ? { at: { ecsId, steps: [] } } : { members: sources };
}
