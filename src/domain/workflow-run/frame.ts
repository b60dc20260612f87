import type { JsonValue } from "../document/json-value.ts";
import type { Source } from "./sourced.ts";
import type { StepResult } from "./step-result.ts";

/** What became of a step that others may ask for. */
export type Ran = { state: "succeeded"; result: StepResult } | { state: "failed" | "skipped" };

/** The item of a map, under the name that expressions call it by. */
export interface Item {
  name: string;
  value: JsonValue;
  source: Source;
}

/** What the steps of a list can ask for: each item of a map has a frame of its own, inside of the one around the map. */
export class Frame {
  readonly #ran = new Map<string, Ran>();
  readonly #outer: Frame | null;
  readonly #item: Item | null;

  constructor(outer: Frame | null = null, item: Item | null = null) {
    this.#outer = outer;
    this.#item = item;
  }

  /** Notes what became of a step. */
  settle(id: string, ran: Ran): void {
    this.#ran.set(id, ran);
  }

  step(id: string): Ran | undefined {
    return this.#ran.get(id) ?? this.#outer?.step(id);
  }

  /** The innermost item of a name. */
  item(name: string): Item | undefined {
    return this.#item?.name === name ? this.#item : this.#outer?.item(name);
  }
}
