import { type Run, run } from "../../../src/contract/run/run.ts";

const id = "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f";

/** A run that is valid as it is; a test says what matters to it. */
export function aRun(state: Run["state"] = "queued", more: object = {}): Run {
  const ofState = {
    queued: { waiting: null },
    leased: { runner, leased_at: at(1) },
    running: { runner, started_at: at(2) },
    succeeded: { runner, started_at: at(2), finished_at: at(5), run_seconds: 3, outputs: [] },
    failed: { started_at: at(2), finished_at: at(5), failure: aFailure(1), failure_entity: id },
    cancelled: { started_at: null, finished_at: at(5), cancelled_by: "admin", reason: null },
  }[state];
  return run.parse({
    id,
    kind: "template",
    name: "image_resize",
    version: "1.0.0",
    digest: `sha256:${"1".repeat(64)}`,
    pool: "default",
    priority: 5,
    labels: {},
    attempt: 0,
    max_attempts: 3,
    timeout_seconds: 600,
    created_at: at(0),
    created_by: "admin",
    input_entity: id,
    progress: null,
    attempts: [],
    replay: null,
    parent: null,
    retry_of: null,
    steps: null,
    step_count: null,
    state,
    ...ofState,
    ...more,
  });
}

/** A failure of an attempt. */
export function aFailure(attempt: number, more: object = {}) {
  return {
    class: "resource" as const,
    code: "out_of_vram" as const,
    message: "no memory is left",
    detail: null,
    attempt,
    runner: "gpu-box",
    at: at(3),
    ...more,
  };
}

/** A time so many seconds after the run was asked for. */
export function at(seconds: number): string {
  return new Date(Date.parse("2027-01-31T12:00:00Z") + seconds * 1000).toISOString();
}

const runner = { id: "r1", name: "gpu-box", device: 0 };
