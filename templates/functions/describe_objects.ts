export const version = "1.0.0";

type integer = number;

interface Inputs {
  /** Pixels of each object. */
  areas: integer[];
  /** Mean brightness of each object above the background, from 0 to 1. */
  brightness: number[];
  /** Brightness of the background, from 0 to 1. */
  background: number;
  /** Standard deviation of the background. */
  spread: number;
}

interface Outputs {
  /** How many objects there are. */
  count: integer;
  /** Pixels of the object in the middle, when they are in order of size; 0 without objects. */
  median_area: number;
  /** How far the objects stand out: their mean brightness in standard deviations of the background; 0 without objects. */
  contrast: number;
  /** All that in words. */
  text: string;
}

/** Describes measured objects in a few numbers and a sentence. */
export function describeObjects({ areas, brightness, background, spread }: Inputs): Outputs {
  const count = areas.length;
  if (count === 0) return { count, median_area: 0, contrast: 0, text: "There are no objects." };
  const sorted = [...areas].sort((a, b) => a - b);
  const median = ((sorted[(count - 1) >> 1] ?? 0) + (sorted[count >> 1] ?? 0)) / 2;
  const mean = brightness.reduce((sum, one) => sum + one, 0) / count;
  const contrast = Math.round((mean / Math.max(spread, 1e-6)) * 100) / 100;
  const objects = count === 1 ? "There is one object" : `There are ${count} objects`;
  const above = `${percent(mean)} of full brightness above the background, which is at ${percent(background)}`;
  return { count, median_area: median, contrast, text: `${objects}, the middle one of ${median} pixels, ${above}.` };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
