/** What is said of a deprecated version. */
export interface Deprecation {
  /** `workflows/build:1.4.0` or the like. */
  what: string;
  message: string | null;
  /** What to use instead. */
  successor: string | null;
  sunset: string | null;
}

/** What a client prints when it pulls a deprecated version. */
export function deprecationWarning({ what, message, successor, sunset }: Deprecation): string {
  const parts = [
    message === null ? `${what} is deprecated` : `${what} is deprecated: ${message}`,
    ...(successor === null ? [] : [`use ${successor}`]),
    ...(sunset === null ? [] : [`it will not be served after ${sunset}`]),
  ];
  return parts.join("; ");
}
