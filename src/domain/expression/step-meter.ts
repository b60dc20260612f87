import { limits } from "../../contract/limits.ts";

/** Counts what one evaluation costs, and stops it at `limits.expressionSteps`. */
export class StepMeter {
  #left: number = limits.expressionSteps;

  /** Takes steps; throws `TooManySteps` when there are none left. */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooManySteps();
  }

  /** Takes what reading a text costs: a step, and one more for every 256 characters. */
  takeText(characters: number): void {
    this.take(1 + Math.floor(characters / charactersPerStep));
  }

  /** Takes what reading a list or map costs: a step, and one more for every 32 items. */
  takeItems(items: number): void {
    this.take(1 + Math.floor(items / itemsPerStep));
  }
}

/** Thrown within an evaluation; `evaluateExpression` turns it into a refusal. */
export class TooManySteps extends Error {
  constructor() {
    super(`it takes more than ${limits.expressionSteps} steps`);
  }
}

// What about as long takes as looking at one part of an expression.
const charactersPerStep = 256;
const itemsPerStep = 32;
