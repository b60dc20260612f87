import { expect, it } from "vitest";
import { tokenDigest } from "../../../src/domain/access/token-digest.ts";
import { isReservedName } from "../../../src/domain/access/token-name.ts";
import { tokenState } from "../../../src/domain/access/token-state.ts";

const now = new Date("2026-06-01T12:00:00.000Z");

it.each([
  [null, null, "live"],
  ["2026-06-01T12:00:00.001Z", null, "live"],
  ["2026-06-01T12:00:00.000Z", null, "expired"],
  [null, "2026-05-01T00:00:00.000Z", "revoked"],
  ["2026-05-02T00:00:00.000Z", "2026-05-01T00:00:00.000Z", "revoked"],
] as const)("a token that expires at %s and was revoked at %s is %s", (expires_at, revoked_at, state) => {
  expect(tokenState({ expires_at, revoked_at }, now)).toBe(state);
});

it("keeps the registry's own names from tokens, however they are written", () => {
  for (const name of ["admin", "ADMIN", " runner", "ｒunner", "anonymous", "signed:abc", "Webhook:x", "github:o/r"]) {
    expect(isReservedName(name), name).toBe(true);
  }
  for (const name of ["administrator", "my admin", "ci", "alice@example.org", "signed", "webhooks"]) {
    expect(isReservedName(name), name).toBe(false);
  }
});

it("digests as everyone does", () => {
  expect(tokenDigest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
