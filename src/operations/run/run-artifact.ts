import type { Failure } from "../../contract/failure.ts";
import type { RunRequest } from "../../contract/run/run-request.ts";
import type { Field } from "../../contract/template/field.ts";
import { type Result, success } from "../../domain/result.ts";
import { storeFile } from "../file/store-file.ts";
import { type FoundDocument, findDocument } from "../lookup/find-document.ts";
import type { LookUpNeeds } from "../lookup/look-up.ts";
import type { LookupRequest } from "../lookup/lookup-request.ts";
import { callableOf } from "../registration/read-callable.ts";
import { beginWorkflow } from "../workflow/begin-workflow.ts";
import { type CreatedRun, createOnce } from "./create-once.ts";
import { createRun } from "./create-run.ts";
import { type PlacedFile, placeFiles } from "./place-files.ts";
import { prepareRun } from "./prepare-run.ts";
import type { RunNeeds } from "./run-needs.ts";
import type { Runnable } from "./runnable.ts";
import { runnableFunction } from "./runnable-function.ts";
import { runnableTemplate } from "./runnable-template.ts";

/** A file that came with the request itself. */
export interface SentFile extends PlacedFile {
  bytes: ArrayBuffer;
  name: string | null;
  mediaType: string | null;
}

/** A request to run what a reference means. */
export interface ArtifactRun {
  reference: LookupRequest;
  request: RunRequest;
  files: SentFile[];
  caller: string;
  key: string | null;
}

/** Runs what a reference means: what is found, checked and stored becomes one run. */
export async function runArtifact(
  needs: RunNeeds & { lookUp: LookUpNeeds },
  { reference, request, files, caller, key }: ArtifactRun,
): Promise<Result<CreatedRun, Failure>> {
  const { kind, name, selector } = reference;
  const content = { kind, name, selector, request, files: files.map(({ input, digest }) => ({ input, digest })) };
  const ask = { caller, key, content };
  if (kind === "workflow") {
    return createOnce(needs, ask, async (keyed) => {
      const found = await findDocument(needs.lookUp, reference);
      if (!found.ok) return found;
      const callable = callableOf(found.value.published.document);
      const inputs = await takeFiles(needs, callable.interface?.inputs ?? {}, request.inputs, files, caller);
      if (!inputs.ok) return inputs;
      return beginWorkflow(needs, found.value, { ...request, inputs: inputs.value }, caller, keyed);
    });
  }
  return createRun(needs, {
    ...ask,
    prepare: async () => {
      const found = await findDocument(needs.lookUp, reference);
      if (!found.ok) return found;
      const runnable = runnableOf(found.value);
      if (!runnable.ok) return runnable;
      const inputs = await takeFiles(needs, runnable.value.inputs, request.inputs, files, caller);
      if (!inputs.ok) return inputs;
      return prepareRun(needs, runnable.value, { ...request, inputs: inputs.value }, caller);
    },
  });
}

function runnableOf(found: FoundDocument): Result<Runnable, Failure> {
  return found.published.kind === "function" ? success(runnableFunction(found)) : runnableTemplate(found);
}

async function takeFiles(
  needs: RunNeeds,
  declared: Record<string, Field>,
  inputs: Record<string, unknown>,
  files: readonly SentFile[],
  by: string,
): Promise<Result<Record<string, unknown>, Failure>> {
  const placed = placeFiles(declared, inputs, files);
  if (!placed.ok) return placed;
  for (const { bytes: body, digest, name, mediaType } of files) {
    const stored = await storeFile(needs, { body, sizeBytes: body.byteLength, digest, name, mediaType, by });
    if (!stored.ok) return stored;
  }
  return success(placed.value);
}
