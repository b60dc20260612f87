import fc from "fast-check";
import { expect, it } from "vitest";
import { createOciTokens } from "../../../src/domain/oci/access-token.ts";

const tokens = createOciTokens("a secret of this test");
const claims = fc.record({
  who: fc.constantFrom("anonymous", "runner", "admin"),
  scopes: fc.array(fc.stringMatching(/^repository:[a-z0-9/]{1,20}:(pull|push)$/), { maxLength: 5 }),
  until: fc.integer({ min: 0, max: 4_000_000_000 }),
});

it("reads what it wrote, and nothing of what another secret signed", () => {
  const others = createOciTokens("another secret");
  fc.assert(
    fc.property(claims, (said) => {
      const token = tokens.write(said);
      expect(tokens.read(token)).toEqual(said);
      expect(others.read(token)).toBeNull();
    }),
  );
});

it("reads no token of which one character is another, is missing, or is one more", () => {
  const hex = fc.constantFrom(..."0123456789abcdefABCDEF.-_ é\n".split(""));
  fc.assert(
    fc.property(claims, fc.nat(), hex, fc.constantFrom(0, 1), (said, at, character, removed) => {
      const token = tokens.write(said);
      const place = at % (token.length + 1);
      const altered = token.slice(0, place) + character + token.slice(place + removed);
      if (altered !== token) expect(tokens.read(altered)).toBeNull();
      expect(tokens.read(token.slice(0, place - 1))).toBeNull();
    }),
  );
});

it("reads nothing but tokens", () => {
  fc.assert(fc.property(fc.string(), (text) => tokens.read(text) === null));
  const signed = tokens.write({ who: "admin", scopes: [], until: 1 });
  expect(tokens.read(`${signed}.${signed}`)).toBeNull();
  expect(tokens.read(`.${signed.split(".")[1]}`)).toBeNull();
});
