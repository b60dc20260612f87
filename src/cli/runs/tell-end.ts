import { again } from "../../client/again.ts";
import type { Client } from "../../client/create-client.ts";
import { pause } from "../../client/pause.ts";
import type { Lineage } from "../../contract/entity/lineage.ts";
import { callableRoutes, isCallable } from "../../contract/http/artifacts.ts";
import { getEntityLineage, getEntityValue } from "../../contract/http/entities.ts";
import { getRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import type { Field } from "../../contract/template/field.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { filesInValues } from "../files/files-in-values.ts";
import type { Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { renderEnd } from "../terminal/render-end.ts";
import type { ShownSteps } from "../terminal/workflow/render-steps.ts";
import { readInterface } from "./read-interface.ts";
import { readOutline } from "./read-outline.ts";
import { readSteps } from "./read-steps.ts";
import { type SavedOutput, saveOutputs } from "./save-outputs.ts";

/** One sibling among a run's outputs, its values read from wherever they lie. */
export interface ReadOutput {
  entity: string;
  output_index: number;
  values: Record<string, unknown>;
}

const lineageDepth = "6";

/** Tells how a run ended, saves the files among its outputs if a folder is given, and answers the exit status. */
export async function tellEnd({ terminal, client: connect }: Session, ended: Run, folder?: string): Promise<ExitCode> {
  const client = connect();
  const run = await compared(client, ended);
  const outputs = run.state === "succeeded" ? await readOutputs(client, run.outputs) : [];
  let declared: Record<string, Field> = {};
  let saved: SavedOutput[] = [];
  let failure: unknown = null;
  try {
    declared = outputs.length === 0 ? {} : await readDeclared(client, run, outputs);
    saved = folder === undefined ? [] : await saveOutputs(client, declared, outputs, folder);
  } catch (error) {
    failure = error;
  }
  // A program reads one value: when files could not be saved that is the failure, while people see the outputs all the same.
  if (failure !== null && terminal.isJson) throw failure;
  const lineage = terminal.isJson ? null : await readLineage(client, run);
  const steps = terminal.isJson || run.kind !== "workflow" ? null : await readShownSteps(client, run);
  terminal.answer({ run, saved }, () => renderEnd(terminal, { run, outputs, declared, saved, lineage, steps }));
  if (failure !== null) throw failure;
  if (folder === undefined && saved.length === 0 && hasFiles(declared, outputs)) {
    terminal.note("`callsheet files get sha256:…` fetches a file; --output-dir saves them all");
  }
  if (run.kind === "workflow") terminal.note(closerText(run));
  return exitCodeOfRun(run);
}

/** How to look closer at a workflow's run, or what to do after it failed. */
function closerText({ id, state, name }: Run): string {
  const short = shortId(id);
  const show = `\`callsheet runs show ${short}\` tells each step and the run that did it`;
  if (state === "succeeded") return `${show}; \`callsheet workflows graph ${name}\` draws them`;
  return `${show}; \`callsheet runs retry ${short}\` goes on where it stopped`;
}

async function readShownSteps(client: Client, run: Run): Promise<ShownSteps> {
  const [outline, steps] = await Promise.all([readOutline(client, run), readSteps(client, run)]);
  return { run: run.id, outline, states: new Map(steps.map((step) => [step.path, step])), children: new Map() };
}

/** The exit status that a run's end means. */
export function exitCodeOfRun({ state, replay }: Run): ExitCode {
  if (state === "failed") return exitCodes.runFailed;
  if (state === "cancelled") return exitCodes.runCancelled;
  return replay?.outputs_equal === false ? exitCodes.invalid : exitCodes.ok;
}

const comparisonTries = 20;
const comparisonPauseMs = 250;

/** A replay is compared with its original just after it succeeded; where there is nothing to compare with, it stays as it is. */
async function compared(client: Client, ended: Run): Promise<Run> {
  let run = ended;
  if (run.state !== "succeeded" || run.replay === null) return run;
  const { of } = run.replay;
  const original = await again(() => client.call(getRun, { params: { run_id: of } }));
  if (original.state !== "succeeded") return run;
  for (let i = 0; i < comparisonTries && run.replay?.outputs_equal === null; i++) {
    await pause(comparisonPauseMs, undefined);
    run = await again(() => client.call(getRun, { params: { run_id: ended.id } }));
  }
  return run;
}

function hasFiles(declared: Record<string, Field>, outputs: readonly ReadOutput[]): boolean {
  return outputs.some(({ values }) => filesInValues(declared, values).length > 0);
}

async function readOutputs(
  client: Client,
  outputs: Extract<Run, { state: "succeeded" }>["outputs"],
): Promise<ReadOutput[]> {
  const read: ReadOutput[] = [];
  for (const { entity, output_index, outputs: values } of outputs) {
    read.push({ entity, output_index, values: values ?? (await again(() => readValues(client, entity))) });
  }
  return read;
}

/** Values too large for the run's own answer are the whole data of the output's entity. */
async function readValues(client: Client, entity: string): Promise<Record<string, unknown>> {
  const { value } = await client.call(getEntityValue, { params: { entity_id: entity } });
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The outputs that are declared; they say which values are files. What a workflow does not declare may be anything. */
async function readDeclared(client: Client, run: Run, outputs: readonly ReadOutput[]): Promise<Record<string, Field>> {
  if (!isCallable(run.kind)) return {};
  const { get } = callableRoutes[run.kind];
  const params = { reference: `${run.name}@${run.version}` };
  const found = await again(() => client.call(get, { params }));
  const declared = readInterface(run.kind, found.document)?.outputs ?? {};
  if (run.kind !== "workflow") return declared;
  const keys = outputs.flatMap(({ values }) => Object.keys(values));
  return { ...Object.fromEntries(keys.map((key): [string, Field] => [key, { type: "any" }])), ...declared };
}

/** Null when there is nothing to draw, or it cannot be read: the result counts, not its picture. */
async function readLineage(client: Client, run: Run): Promise<Lineage | null> {
  const entity =
    run.state === "succeeded" ? run.outputs[0]?.entity : run.state === "failed" ? run.failure_entity : null;
  if (entity === undefined || entity === null) return null;
  const query = { direction: "ancestors", depth: lineageDepth } as const;
  return client.call(getEntityLineage, { params: { entity_id: entity }, query }).catch(() => null);
}
