import type { Finding } from "./finding.ts";

/** Each finding once: what is wrong in a class is found for each function that uses the class. */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, message, span: { from, to } }) => {
    const key = `${code} ${from} ${to} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
