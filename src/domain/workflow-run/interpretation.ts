import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { CallStep, Step } from "../../contract/workflow/step.ts";
import type { JsonMap } from "../document/json-value.ts";
import type { StepFailure, WorkflowActions } from "./actions.ts";
import type { Deadline } from "./deadline.ts";
import type { DocumentTexts } from "./document-texts.ts";
import type { Frame } from "./frame.ts";
import type { SourcedMap } from "./sourced.ts";
import type { StepOutputs } from "./step-outputs.ts";
import type { StepResult } from "./step-result.ts";

/** What all steps of one interpretation share. */
export interface Interpretation {
  document: WorkflowDocument;
  actions: WorkflowActions;
  texts: DocumentTexts;
  outputs: StepOutputs;
  input: SourcedMap;
  /** What expressions read as `run`. */
  run: JsonMap;
  onError: "fail" | "continue" | "compensate";
  /** Calls and questions that were begun. */
  leaves: number;
  /** What is to be undone should the run fail. */
  undoable: Undoable[];
  /** Goes through steps that stand inside of one. */
  goThrough(steps: readonly Step[], list: ListPlace): Promise<ListEnd>;
}

/** Where a list of steps stands, and when it begins. Times are milliseconds since 1970. */
export interface ListPlace {
  /** What the paths and the positions of its steps begin with. */
  paths: string;
  positions: string;
  order: "in turn" | "at once";
  frame: Frame;
  startedAt: number;
  deadline: Deadline | null;
}

/** Where a step stands, and when it begins. */
export interface StepPlace {
  path: string;
  position: string;
  frame: Frame;
  startedAt: number;
  /** Of all that it stands in, without its own. */
  deadline: Deadline | null;
}

/** Failed. `step`: the path of what failed first. */
export interface FailedEnd {
  state: "failed";
  failure: StepFailure;
  step: string;
  /** Whether nothing goes on after it, whatever `on_error` says: the run's time is over, or its steps are too many. */
  isFinal: boolean;
  finishedAt: number;
}

/** How a step ended. */
export type StepEnd =
  | { state: "succeeded"; result: StepResult; finishedAt: number }
  | { state: "skipped"; reason: string; finishedAt: number }
  | FailedEnd;

/** How a list of steps ended. */
export interface ListEnd {
  /** The first failure, in the order of the document, where it is one of the whole list. */
  failed: FailedEnd | null;
  /** What its steps gave, by id. */
  results: ReadonlyMap<string, StepResult>;
  /** What the last one gave. */
  last: StepResult | null;
  finishedAt: number;
}

/** A call that succeeded, and that its document says how to undo. */
export interface Undoable {
  step: CallStep;
  place: StepPlace;
  finishedAt: number;
}
