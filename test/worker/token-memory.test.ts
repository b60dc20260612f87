import { expect, it } from "vitest";
import type { TokenRow } from "../../src/bindings/d1/access/token-row.ts";
import { TokenMemory } from "../../src/operations/access/token-memory.ts";

const row: TokenRow = {
  id: "tok_0123456789abcdef",
  name: "ci",
  hint: "cst_0123",
  scopes: ["read"],
  names: ["*"],
  rate_class: "standard",
  publisher: null,
  created_at: "2026-06-01T12:00:00.000Z",
  created_by: "admin",
  expires_at: null,
  last_used_at: null,
  revoked_at: null,
  revoked_by: null,
};

it("believes what D1 said for five seconds, good or bad, and no longer", () => {
  for (const known of [row, null]) {
    const memory = new TokenMemory();
    memory.keep("a", { row: known, askedAt: 1000 });
    expect(memory.find("a", 1000)).toEqual({ row: known, askedAt: 1000 });
    expect(memory.find("a", 5999)).not.toBeNull();
    expect(memory.find("a", 6000)).toBeNull();
    expect(memory.find("a", 999)).toBeNull();
    expect(memory.find("b", 1000)).toBeNull();
  }
});

it("goes by what it heard last", () => {
  const memory = new TokenMemory();
  memory.keep("a", { row: null, askedAt: 1000 });
  memory.keep("a", { row, askedAt: 2000 });
  expect(memory.find("a", 2000)?.row).toBe(row);
  memory.keep("a", { row: null, askedAt: 3000 });
  expect(memory.find("a", 3000)).toEqual({ row: null, askedAt: 3000 });
});

it("is pushed out of no good token's place by those that nobody knows", () => {
  const memory = new TokenMemory();
  memory.keep("good", { row, askedAt: 0 });
  for (let n = 0; n < 20_000; n++) memory.keep(`guess ${n}`, { row: null, askedAt: 0 });
  expect(memory.find("good", 1)?.row).toBe(row);
  expect(memory.find("guess 0", 1)).toBeNull();
});
