/** What concerns webhooks, in and out, and those who listen live. */
export const webhookLimits = {
  webhookSources: 500,
  pathGlobs: 50,
  pathGlobLength: 200,
  /** Body of one incoming webhook; GitHub sends up to 25 MB. */
  hookBytes: 25 * 1024 * 1024,
  /** How old a signed hook may be where the signature has a time (Standard Webhooks). */
  hookAgeSeconds: 300,
  /** Watched files of one source. */
  filesPerSource: 5000,
  /** Files that one push changes. */
  filesPerPush: 1000,
  /** How often a delivery is tried while its host does not answer: about a day in all. */
  hookAttempts: 30,
  /** How long deliveries are kept. */
  hookKeptSeconds: 30 * 24 * 3600,
  subscriptions: 500,
  /** One try of a delivery, its redirects included. */
  deliverySeconds: 15,
  /** From the first try of a delivery to its being given up. */
  deliveryTotalSeconds: 24 * 3600,
  deliveryRedirects: 3,
  /** Deliveries of one subscription under way at once, of different names. */
  deliveriesAtOnce: 10,
  /** Attempts of one delivery that the log keeps, and what of an answer. */
  attemptsKept: 20,
  answerLength: 500,
  /** Deliveries that have ended are kept this long, this many at most. */
  deliveryKeptSeconds: 7 * 24 * 3600,
  deliveriesKept: 10_000,
  secretOverlapSeconds: 7 * 24 * 3600,
  /** Changes that a listener may be behind before it is closed. */
  listenerBehind: 5000,
  /** A listener is asked for how far it is after this many changes. */
  listenerCheckEvery: 500,
  listenersPerHub: 20_000,
  /** A listener that comes back is sent at most this many changes at once. */
  listenerPage: 500,
  /** After this a listener with an access token is sent away to come back, so that a revoked one does not listen on. */
  listenerTokenSeconds: 300,
  /** What a listener may say at once. */
  listenerMessageBytes: 1024,
  /** Changes that one page of `GET /v1/events` looks at, to find those that are asked for. */
  changesScanned: 5000,
} as const;
