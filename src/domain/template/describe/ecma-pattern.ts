/** An RE2 pattern as ECMA-262 (with the `u` flag, as JSON Schema validators compile it) reads it; null when it cannot. */
export function ecmaPattern(source: string): string | null {
  // With `u` only syntax characters may be escaped; RE2 lets any punctuation be. \x2d is read the same by both, in a class or not.
  const spelled = source.replace(/\\([\s\S])/g, (whole, escaped: string) =>
    /["#%&',:;<=>@_`~ !-]/.test(escaped) ? `\\x${escaped.charCodeAt(0).toString(16)}` : whole,
  );
  // [[:alpha:]] compiles in ECMA-262 too, as something else.
  if (spelled.includes("[:")) return null;
  try {
    new RegExp(spelled, "u");
    return spelled;
  } catch {
    return null;
  }
}
