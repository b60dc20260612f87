import type { JsonMap } from "../document/json-value.ts";
import type { StepMeter } from "./step-meter.ts";
import type { ReadValues, Value } from "./value.ts";

/** What a part is evaluated in. */
export interface Surroundings {
  scope: JsonMap;
  read: ReadValues;
  /** Variables of the loops around, the innermost first. */
  variables: Variable | null;
  meter: StepMeter;
}

/** A loop's variable. */
export interface Variable {
  name: string;
  value: Value;
  outer: Variable | null;
}
