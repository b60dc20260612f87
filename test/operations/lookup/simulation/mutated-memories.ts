import { LookupMemory } from "../../../../src/operations/lookup/lookup-memory.ts";

/** Does not hear that its own caller published. */
export class DeafMemory extends LookupMemory {
  override noteChange(): void {}
}

/** Does not remember how new the states were that it answered. */
export class FloorlessMemory extends LookupMemory {
  override isProven(key: string, seq: number): boolean {
    return this.view.mayUse(key, seq);
  }

  override mayAnswerStale(key: string, seq: number): boolean {
    return this.view.isNotOlderThanKnown(key, seq);
  }
}
