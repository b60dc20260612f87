/** One secret as it is kept. */
export interface KeptSecret {
  /** What only the registry can open. */
  sealed: string;
  /** Its beginning, to tell secrets apart. */
  hint: string;
  created_at: string;
  /** Null: it signs until another one takes its place. */
  expires_at: string | null;
}

/** Receivers are sent a signature by each live secret; more than two would only be forgotten ones. */
const mostLive = 2;

/** Those that sign now, newest first. */
export function liveSecrets(secrets: readonly KeptSecret[], now: Date): KeptSecret[] {
  return secrets.filter(({ expires_at }) => expires_at === null || Date.parse(expires_at) > now.getTime());
}

/** After a rotation: the new one signs, and the one before it for `overlapSeconds` more, unless it was to end sooner. */
export function rotateSecrets(
  secrets: readonly KeptSecret[],
  fresh: KeptSecret,
  now: Date,
  overlapSeconds: number,
): KeptSecret[] {
  const until = new Date(now.getTime() + overlapSeconds * 1000).toISOString();
  const before = liveSecrets(secrets, now)
    .slice(0, mostLive - 1)
    .map((secret) => ({ ...secret, expires_at: earlier(secret.expires_at, until) }));
  return [fresh, ...liveSecrets(before, now)];
}

/** Times of the same form, RFC 3339 in UTC with milliseconds, are in the order of their texts. */
function earlier(a: string | null, b: string): string {
  return a !== null && a < b ? a : b;
}
