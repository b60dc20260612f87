import type { Registry } from "../open-registry.ts";
import type { KnownSteps } from "./take-step.ts";

/** A part of a run's page that is made once and follows what becomes known. */
export interface LivePart {
  element: HTMLElement;
  /** Shows what is known now. */
  refresh(): void;
}

/** What the parts of one run's page look at. */
export interface RunView {
  registry: Registry;
  known: KnownSteps;
  /** Whether the run has ended: what it did not reach will not come. */
  hasEnded(): boolean;
  left: AbortSignal;
}
