import type { PublishedDocument } from "../../contract/artifact/published.ts";
import type { Failure } from "../../contract/failure.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { type Result, success } from "../../domain/result.ts";
import { jobNeedsOf } from "../../domain/run/job-needs.ts";
import { abstractRefusal } from "../artifact/abstract-refusal.ts";
import type { FoundDocument } from "../lookup/find-document.ts";
import { templateOf } from "../registration/read-callable.ts";
import { checkRunInputs } from "./check-run-inputs.ts";
import type { Runnable } from "./runnable.ts";

/** A template as something to run. Abstract ones are refused. */
export function runnableTemplate(found: FoundDocument): Result<Runnable, Failure> {
  const { kind, name, version, digest } = found.published;
  const template = templateOf(found.published.document);
  if (template.abstract === true) return abstractRefusal(name, version);
  const { execution } = template;
  const handler = execution?.handler ?? name;
  return success({
    kind,
    name,
    version,
    digest,
    flattenedDigest: flattenedDigestOf(found.published),
    inputs: template.interface.inputs,
    stages: template.stages ?? null,
    handler,
    source: null,
    pool: execution?.pool ?? null,
    timeoutSeconds: execution?.timeout_seconds ?? null,
    maxAttempts: execution?.max_attempts ?? null,
    runnerLabels: execution?.runner_labels ?? {},
    check: (inputs) => checkRunInputs({ name, version }, template, inputs),
    needs: (resources, runnerLabels) =>
      jobNeedsOf({ template, resources, runnerLabels, handler, memoryType: null, isUserCode: false, packages: [] }),
  });
}

/** Lookups carry the flattened document with its keys in the author's order; registration named the bytes of just that. */
function flattenedDigestOf({ document }: PublishedDocument): string {
  return digestOfBytes(new TextEncoder().encode(JSON.stringify({ template: document.template })));
}
