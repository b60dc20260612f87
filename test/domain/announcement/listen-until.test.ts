import { expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { anonymous, ownCaller } from "../../../src/domain/access/caller.ts";
import { listenUntil } from "../../../src/domain/announcement/listen-until.ts";

const nowMs = Date.parse("2027-01-01T00:00:00Z");
const expiring = "2027-01-01T00:01:00.000Z";

test("who has no token, or one of the configuration, listens for as long as they like", () => {
  expect(listenUntil(anonymous, nowMs)).toBeNull();
  expect(listenUntil(ownCaller("admin", ["admin"]), nowMs)).toBeNull();
});

test("a right that ends ends the listening", () => {
  expect(listenUntil({ ...anonymous, expiresAt: expiring }, nowMs)).toBe(Date.parse(expiring));
  const token = { ...anonymous, tokenId: "tok_0123456789abcdef" };
  expect(listenUntil({ ...token, expiresAt: expiring }, nowMs)).toBe(Date.parse(expiring));
  expect(listenUntil({ ...token, expiresAt: "2028-01-01T00:00:00.000Z" }, nowMs)).toBe(
    nowMs + limits.listenerTokenSeconds * 1000,
  );
});

test("a token, which may be revoked, is asked for again in some minutes", () => {
  expect(listenUntil({ ...anonymous, tokenId: "tok_0123456789abcdef" }, nowMs)).toBe(
    nowMs + limits.listenerTokenSeconds * 1000,
  );
});
