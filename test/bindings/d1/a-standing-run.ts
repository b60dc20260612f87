import { env } from "cloudflare:test";
import { v7 } from "uuid";
import type { ArtifactKind } from "../../../src/contract/artifact/kind.ts";
import type { RunState } from "../../../src/contract/run/run-state.ts";
import type { StepState } from "../../../src/contract/workflow/step-state.ts";

const digest = `sha256:${"b".repeat(64)}`;
const begun = "2026-01-01T00:00:00.000Z";

/** A run as D1 has it, of which no instance and no pool knows; a test states only what matters to it. Answers its id. */
export async function aStandingRun(
  parts: {
    id?: string;
    kind?: ArtifactKind;
    state?: RunState;
    since?: string;
    pool?: string;
    parent?: { run: string; step: string };
    settled?: boolean;
    told?: boolean;
    planDigest?: string;
    name?: string;
  } = {},
): Promise<string> {
  const { id = v7(), kind = "workflow", state = "running", since = begun, parent = null } = parts;
  const { pool = kind === "workflow" ? "workflows" : kind === "agent" ? "agents" : `standing.${id}` } = parts;
  const isFinal = state === "succeeded" || state === "failed" || state === "cancelled";
  const failure = {
    class: "unknown",
    code: "process_died",
    message: "it broke",
    detail: null,
    attempt: 1,
    runner: null,
    at: since,
  };
  const row = {
    ...{
      id,
      kind,
      name: parts.name ?? "standing",
      version: "1.0.0",
      digest,
      pool,
      priority: 5,
      labels: "{}",
      job: "{}",
      state,
    },
    ...{ state_since: since, attempt: 1, max_attempts: 1, timeout_seconds: 60, input_entity: v7() },
    ...{ created_at: begun, created_by: "admin", started_at: begun, finished_at: isFinal ? since : null },
    ...{
      failure: state === "failed" ? JSON.stringify(failure) : null,
      failure_entity: state === "failed" ? v7() : null,
    },
    ...{ parent_run: parent?.run ?? null, parent_step: parent?.step ?? null, parent_told: parts.told === true ? 1 : 0 },
    cancelled_by: state === "cancelled" ? "admin" : null,
  };
  const columns = Object.keys(row);
  const statements = [
    env.DB.prepare(`INSERT INTO run (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`).bind(
      ...Object.values(row),
    ),
  ];
  if (kind === "workflow") {
    statements.push(
      env.DB.prepare("INSERT INTO workflow_run (run_id, plan_digest, depth, settled) VALUES (?, ?, 1, ?)").bind(
        id,
        parts.planDigest ?? digest,
        parts.settled === true ? 1 : 0,
      ),
    );
  }
  await env.DB.batch(statements);
  return id;
}

/** A step that nothing is missing from. */
export function aStep(path: string, parts: Partial<StepState> = {}): StepState {
  const id = /([a-z0-9_]+)(!undo)?$/.exec(path)?.[1] ?? "step";
  return {
    path,
    id,
    type: "sequential",
    position: path,
    state: "running",
    skill: null,
    run: null,
    attempt: 1,
    started_at: begun,
    finished_at: null,
    reason: null,
    failure: null,
    input_entity: null,
    output_entity: null,
    approval: null,
    items: null,
    branch: null,
    ...parts,
  };
}
