/**
 * When a blob that no manifest of its repository refers to may go. A push asks for each blob ("there already?") and names it in a
 * manifest later: that question touches the blob, unless it was touched less than `touchAfterSeconds` ago, so that most questions write
 * nothing. Whoever was told "there already" has at least the difference of both to send the manifest.
 */
export const garbageLimits = {
  graceSeconds: 24 * 3600,
  touchAfterSeconds: 12 * 3600,
} as const;
