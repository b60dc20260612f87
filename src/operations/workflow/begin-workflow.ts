import { v7 } from "uuid";
import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import { isWorkflow } from "../../contract/artifact/callable.ts";
import type { Failure } from "../../contract/failure.ts";
import type { RunRequest } from "../../contract/run/run-request.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { resolveReferences } from "../entity/resolve-references.ts";
import type { FoundDocument } from "../lookup/find-document.ts";
import { callableOf } from "../registration/read-callable.ts";
import type { CreatedRun } from "../run/create-once.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import { makePlan } from "./make-plan.ts";
import { startWorkflowRun } from "./start-workflow-run.ts";

/** Begins a run of a workflow that somebody asks for: references resolved, everything that it calls fixed, then recorded and started. */
export async function beginWorkflow(
  needs: RunNeeds,
  found: FoundDocument,
  request: RunRequest,
  by: string,
  keyed: KeyedRequest | null,
): Promise<Result<CreatedRun, Failure>> {
  const { name, version, digest, document } = found.published;
  const callable = callableOf(document);
  const workflow = isWorkflow(callable) ? callable.workflow : null;
  if (workflow === null) return outdated(name, version);
  const {
    inputs,
    labels = {},
    pool,
    priority,
    runner_labels,
    max_attempts,
    timeout_seconds: timeoutSeconds = null,
  } = request;
  if (max_attempts !== undefined) return noAttempts(name);
  const given = await resolveReferences(needs, inputs);
  if (!given.ok) return given;
  const planned = await makePlan(needs, { name, version, document: workflow });
  if (!planned.ok) return planned;
  return startWorkflowRun(needs, {
    runId: v7(),
    createdAt: needs.now().toISOString(),
    skill: { kind: "workflow", name, version, digest },
    planDigest: planned.value.digest,
    depth: 1,
    given: given.value,
    labels,
    wishes: {
      ...(pool === undefined ? {} : { pool }),
      ...(priority === undefined ? {} : { priority }),
      ...(runner_labels === undefined ? {} : { runner_labels }),
    },
    timeoutSeconds,
    by,
    parent: null,
    retryOf: null,
    keyed,
  });
}

function outdated(name: string, version: string): Result<never, Failure> {
  const message = `workflow ${name}@${version} was published before today's rules and cannot run: publish a new version of it`;
  return refusal({ code: "STATE_CONFLICT", message });
}

function noAttempts(name: string): Result<never, Failure> {
  const message = `max_attempts is of no use for workflow ${name}: its steps say by retry how often each is tried; leave it out`;
  return refusal({ code: "INVALID_REQUEST", message });
}
