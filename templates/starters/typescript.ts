interface Inputs {
  /** A measurement for each position; sharp ones are high. */
  scores: number[];
  /** What a position must reach. */
  threshold?: number;
}

interface Outputs {
  /** Whether every position is sharp enough. */
  passed: boolean;
  /** Positions that are not, counted from 0. */
  blurred: number[];
  /** The same in a sentence. */
  message: string;
}

/** Checks that every position of a plate is in focus. */
export function checkFocus({ scores, threshold = 0.5 }: Inputs): Outputs {
  const blurred = scores.flatMap((score, position) => (score < threshold ? [position] : []));
  const message =
    blurred.length === 0 ? "all positions are sharp" : `${blurred.length} of ${scores.length} are blurred`;
  return { passed: blurred.length === 0, blurred, message };
}
