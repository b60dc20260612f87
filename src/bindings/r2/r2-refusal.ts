/** What R2 refuses, by the number at the end of its error messages (developers.cloudflare.com/r2/api/error-codes). */
const numbers = {
  noSuchUpload: [10024],
  badDigest: [10037],
  /** A part is missing, was replaced meanwhile, or has not the size of the others. */
  badParts: [10025, 10011, 10048],
  /** Several writers of one key at once. */
  tooFast: [10058],
} as const;

/** Whether an error is that refusal of R2's. */
export function isR2Refusal(error: unknown, what: keyof typeof numbers): boolean {
  if (!(error instanceof Error)) return false;
  const told = /\((\d{5,6})\)\s*$/.exec(error.message)?.[1];
  return numbers[what].some((number) => String(number) === told);
}
