import type { PublishedDocument } from "../../contract/artifact/published.ts";
import type { FunctionDefinition } from "../../contract/function/document.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { jobNeedsOf } from "../../domain/run/job-needs.ts";
import type { FoundDocument } from "../lookup/find-document.ts";
import { functionOf } from "../registration/read-callable.ts";
import { checkRunInputs } from "./check-run-inputs.ts";
import { edgePool } from "./edge-job.ts";
import type { Runnable } from "./runnable.ts";

/** A function as something to run: its code travels with the job, and goes into a sandbox wherever it runs. */
export function runnableFunction(found: FoundDocument): Runnable {
  const { kind, name, version, digest } = found.published;
  const definition = functionOf(found.published.document);
  const { execution, runtime } = definition;
  return {
    kind,
    name,
    version,
    digest,
    flattenedDigest: flattenedDigestOf(found.published),
    inputs: definition.interface.inputs,
    stages: definition.stages ?? null,
    handler: null,
    source: sourceOf(definition),
    pool: runtime === "javascript" ? edgePool : (execution?.pool ?? null),
    timeoutSeconds: execution?.timeout_seconds ?? null,
    maxAttempts: execution?.max_attempts ?? null,
    runnerLabels: execution?.runner_labels ?? {},
    check: (inputs) => checkRunInputs({ name, version }, definition, inputs),
    needs: (resources, runnerLabels) =>
      jobNeedsOf({
        template: definition,
        resources,
        runnerLabels,
        handler: null,
        // Runners tell `python` beside the array libraries that they have.
        memoryType: runtime === "javascript" ? null : runtime,
        isUserCode: true,
        packages: definition.packages,
      }),
  };
}

function sourceOf({ code, entry, runtime, api, returns }: FunctionDefinition): NonNullable<Runnable["source"]> {
  return { digest: code.digest, entry, media_type: code.media_type, runtime, api, returns };
}

/** As for templates: registration named the bytes of just this. */
function flattenedDigestOf({ document }: PublishedDocument): string {
  return digestOfBytes(new TextEncoder().encode(JSON.stringify({ function: document.function })));
}
