/** What concerns functions published as source code. */
export const functionLimits = {
  /** Source code, as sent. */
  codeBytes: 256 * 1024,
  /** Functions that one source publishes: one D1 batch takes them all. */
  functionsPerSource: 32,
  parametersPerFunction: 64,
  /** Third-party modules that one source imports. */
  packagesPerSource: 100,
  /** Nesting of expressions and blocks that analysis follows; deeper code is refused. */
  sourceDepth: 200,
  fileNameLength: 255,
  /** Installed third-party modules that a runner tells. */
  packagesPerRunner: 2000,
  /** JSON of the inputs of a function at the edge. */
  edgeInputBytes: 1024 * 1024,
  /** JSON of what a function at the edge returns. */
  edgeOutputBytes: 1024 * 1024,
  /** CPU time of one call at the edge. */
  edgeCpuMs: 1000,
  /** From the call to its answer, at the edge. */
  edgeWallMs: 10_000,
  /** Lines, and characters of each, that a function at the edge may log. */
  edgeLogLines: 100,
  edgeLogLineLength: 1000,
} as const;
