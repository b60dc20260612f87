/** What the seeded storage holds: each name has these versions, `stable` on the first and `latest` on the last. */
export const seedVersions = ["1.0.0", "1.1.0"] as const;
export const stableTag = "stable";
export const stableVersion = "1.0.0";

/** All names are equally long, so that all answers are. */
export function seedName(index: number): string {
  return `bench_template_${String(index).padStart(5, "0")}`;
}

/** The ways of asking that are measured; the selector, as the path has it. */
export const selectors = { exact: "@1.1.0", range: "@^1", tag: `@${stableTag}`, latest: "" } as const;
