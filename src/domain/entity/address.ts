/** One step into data: a key of a map, or a position in a list, counted from 0. */
export type Step = string | number;

/** The place of a value in an entity: `@{ecsId}` and the steps to it, none for the whole data. */
export interface Address {
  ecsId: string;
  steps: Step[];
}

/** The one text of an address: `@uuid.field[0]["a key"]`. Parsing it gives the same address. */
export function formatAddress({ ecsId, steps }: Address): string {
  return `@${ecsId}${formatSteps(steps)}`;
}

/** What follows the id in an address. */
export function formatSteps(steps: readonly Step[]): string {
  return steps.map(formatStep).join("");
}

/** Keys that need no quotes. Digits alone would read as a position. */
const bareKey = /^(?!\d+$)[A-Za-z0-9_-]+$/;

function formatStep(step: Step): string {
  if (typeof step === "number") return `[${step}]`;
  return bareKey.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
