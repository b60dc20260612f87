const firstSeconds = 5;
const longestSeconds = 300;

/** After how many seconds a message that could not be carried out comes again: 5, 10, 20 … 300. `attempts` counts from 1. */
export function redeliveryDelay(attempts: number): { delaySeconds: number } {
  const grown = firstSeconds * 2 ** Math.min(Math.max(attempts - 1, 0), 10);
  return { delaySeconds: Math.min(grown, longestSeconds) };
}
