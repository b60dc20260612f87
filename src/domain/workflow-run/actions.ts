import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { ApprovalAnswer, StepState } from "../../contract/workflow/step-state.ts";
import type { JsonMap } from "../document/json-value.ts";
import type { FullRetryRule } from "./retry-wait.ts";
import type { SourcedMap } from "./sourced.ts";

/** Why a step failed, without what only an attempt of a run has. */
export type StepFailure = Pick<RunFailure, "class" | "code" | "message" | "detail">;

/** A skill to call. Times are milliseconds since 1970. */
export interface CallTask {
  path: string;
  /** As `skillsOf` tells it, which is how the run's plan names it. */
  skill: string;
  /** An expression chose it (`execute_workflow`): no plan has it. */
  isChosenNow: boolean;
  inputs: SourcedMap;
  /** With all that error_handling says for steps that say nothing. */
  retry: FullRetryRule;
  /** When everything that it waits for was done. */
  startedAt: number;
  /** By when it must be done: the earliest of its own timeout and of those around it. Null: none. */
  deadline: number | null;
  /** Whether only the time of the whole run says so: neither the step has a timeout, nor what it stands in. */
  isUntimed: boolean;
}

/** What came of a call. `outputs` is null when they are large: `load` has them. */
export type CallOutcome =
  | {
      state: "succeeded";
      entity: string;
      outputs: JsonMap | null;
      finishedAt: number;
      /** An earlier run did it, and this one takes it over. */
      isKept?: boolean;
    }
  | { state: "failed"; failure: StepFailure; finishedAt: number };

/** A question to people. */
export interface AskTask {
  path: string;
  message: string;
  approvers: readonly string[] | null;
  /** What counts as the answer at the deadline; null when nothing does, and the step fails. */
  atDeadline: boolean | null;
  startedAt: number;
  deadline: number | null;
}

/** The answer, or that there was none until the deadline. */
export interface AskOutcome {
  answer: ApprovalAnswer | null;
  finishedAt: number;
  /** It was given to an earlier run, and this one takes it over. */
  isKept?: boolean;
}

/** What is told of a step as it goes: the first time with what it is; later only what changed. */
export type StepNote = Pick<StepState, "path"> & Partial<StepState>;

/**
 * What an interpreter of a workflow does to the world. A run may be interpreted several times, from its beginning, when its machine restarts: then
 * `call`, `ask` and `load` answer again what they answered before, and `note` takes what it was told before.
 */
export interface WorkflowActions {
  /** Never rejects for what a skill can do wrong; rejects only when the whole interpretation must end here. */
  call(task: CallTask): Promise<CallOutcome>;
  ask(task: AskTask): Promise<AskOutcome>;
  /** Data of an entity. */
  load(entity: string): Promise<JsonMap>;
  note(note: StepNote): void;
}
