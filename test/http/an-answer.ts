import { expect } from "vitest";
import { type Problem, problem } from "../../src/contract/failure.ts";

/** What holds for every answer to whatever was asked: never a 5xx, an id, and a refusal that says what is wrong. */
export async function expectSound(response: Response): Promise<Problem | null> {
  const text = await response.text();
  expect(response.status, text).toBeLessThan(500);
  expect(response.headers.get("x-request-id")).toBeTruthy();
  if (response.status < 400 || text === "") return null;
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const told = problem.parse(JSON.parse(text));
  expect(told.status).toBe(response.status);
  expect(told.detail.trim().length).toBeGreaterThan(10);
  return told;
}

/** A refusal of a document says where in it. In a JSON batch there are no lines, and the root's path is empty. */
export function expectPlaced(issues: Problem["issues"], hasLines: boolean): void {
  expect(issues.length).toBeGreaterThan(0);
  for (const { line, path, message, code } of issues) {
    expect(line !== null || path !== "" || !hasLines, `${code} ${message}`).toBe(true);
    expect(message.length).toBeGreaterThan(5);
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
  }
}
