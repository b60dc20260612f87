/** What concerns tokens and who may do what. */
export const accessLimits = {
  callerNameLength: 100,
  namePatternLength: 200,
  /** Name patterns of one token or subscription. */
  namePatterns: 50,
  /** Access tokens that are neither expired nor revoked. */
  tokens: 10_000,
  /** For how long a token is good at most, and when nobody says. */
  tokenSeconds: 366 * 24 * 3600,
  tokenSecondsDefault: 90 * 24 * 3600,
  /** The same of a token that was given for a signed identity. */
  exchangedTokenSeconds: 3600,
  /** A revoked token is refused everywhere after this. */
  tokenMemorySeconds: 5,
  trustedPublishers: 1000,
  /** A JSON request to routes of access, webhooks and subscriptions. */
  accessRequestBytes: 64 * 1024,
  /** Entries of one page of the audit log as NDJSON. */
  auditExportPage: 1000,
  /** Entries of the audit log that get their hashes in one go. */
  auditSealPage: 500,
  /** How far the clocks of two machines may differ where a signed identity has times, and how old one may be. */
  identityLeewaySeconds: 60,
  identityAgeSeconds: 600,
  /** An issuer's keys are read anew after this, or when one is missing, this often at most; without an answer they are kept so long. */
  issuerKeysSeconds: 3600,
  issuerReadsPerMinute: 5,
  issuerKeysKeptSeconds: 24 * 3600,
  /** A token that was given for an identity stays in the list this long after it ended. */
  exchangedTokenKeptSeconds: 30 * 24 * 3600,
  issuerAnswerMs: 5000,
  issuerAnswerBytes: 256 * 1024,
} as const;
