import fc from "fast-check";
import { expect, test } from "vitest";
import type { TrustedPublisher } from "../../../src/contract/access/publisher.ts";
import { callerName } from "../../../src/contract/access/token.ts";
import { choosePublisher } from "../../../src/domain/access/choose-publisher.ts";
import { exchangedName } from "../../../src/domain/access/identity-name.ts";
import { unfitClaims } from "../../../src/domain/access/unfit-claims.ts";

function aPublisher(name: string, claims: Record<string, string>): TrustedPublisher {
  return {
    id: "pub_0123456789abcdef",
    name,
    issuer: "https://issuer.example",
    claims,
    scopes: ["publish"],
    names: ["*"],
    token_seconds: 900,
    created_at: "2026-01-01T00:00:00.000Z",
    created_by: "admin",
    last_used_at: null,
  };
}

const release = aPublisher("release", { repository: "acme/prompts", ref: "refs/tags/*" });
const nightly = aPublisher("nightly", { repository: "acme/*" });
const claims = { repository: "acme/prompts", ref: "refs/heads/main", sub: "repo:acme/prompts:ref:refs/heads/main" };

test("the first publisher that fits is chosen", () => {
  const tagged = { ...claims, ref: "refs/tags/v1" };
  expect(choosePublisher([release, nightly], tagged)).toMatchObject({ ok: true, value: { name: "release" } });
  expect(choosePublisher([nightly, release], tagged)).toMatchObject({ ok: true, value: { name: "nightly" } });
  expect(choosePublisher([release, nightly], claims)).toMatchObject({ ok: true, value: { name: "nightly" } });
});

test("who is near is told what does not fit; a stranger is not told whom others trust", () => {
  const refused = choosePublisher([release], claims);
  expect(refused).toMatchObject({
    ok: false,
    failure: {
      code: "FORBIDDEN",
      message: 'no trusted publisher fits acme/prompts: release wants ref "refs/tags/*", which is "refs/heads/main"',
    },
  });
  const stranger = choosePublisher([release, nightly], { ...claims, repository: "evil/x", sub: "repo:evil/x" });
  expect(stranger.ok).toBe(false);
  expect(JSON.stringify(stranger)).not.toMatch(/acme|release|nightly/);
});

test("numbers and booleans are compared as text; lists, maps and what is inherited fit nothing", () => {
  const wanted = { run_number: "7", is_protected: "true", constructor: "*", groups: "*", actor: "*" };
  const found = unfitClaims(wanted, { run_number: 7, is_protected: true, groups: ["a"], actor: { name: "ada" } });
  expect(found.map(({ claim }) => claim)).toEqual(["constructor", "groups", "actor"]);
});

test("a pattern fits as if its stars were any characters, and nothing else has a meaning", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "/", ".", "*", "\\", "[", "+"), maxLength: 6 });
  fc.assert(
    fc.property(piece, piece, (pattern, value) => {
      const source = pattern.split("*").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
      const fits = unfitClaims({ sub: pattern }, { sub: value }).length === 0;
      expect(fits).toBe(new RegExp(`^${source.join(".*")}$`, "s").test(value));
    }),
  );
});

test("whatever an identity says, its token has a legal name", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "binary", maxLength: 300 }),
      (a, b) => {
        const name = exchangedName("ci", { repository: a, sub: b });
        expect(callerName.safeParse(name).success).toBe(true);
        expect(name.startsWith("ci:")).toBe(true);
      },
    ),
  );
});
