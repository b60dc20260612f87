import { distance } from "fastest-levenshtein";

/** The known word that `word` was probably meant to be, or null when none is near. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (word.length > longestWord) return null;
  const wanted = fold(word);
  let best: string | null = null;
  // Two letters swapped are two steps: `nmae` is near `name`.
  let bestDistance = Math.floor(wanted.length / 4) + 2;
  for (const candidate of known) {
    const folded = fold(candidate);
    if (Math.abs(folded.length - wanted.length) >= bestDistance) continue;
    const steps = distance(wanted, folded);
    if (steps < bestDistance) {
      bestDistance = steps;
      best = candidate;
    }
  }
  return best;
}

/** Longer words are no typing slips of ours, and distance costs length times length. */
const longestWord = 100;

/** `maxLength`, `max-length` and `MAX_LENGTH` are all slips for `max_length`. */
function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]/g, "");
}
