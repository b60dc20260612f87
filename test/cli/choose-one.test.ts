import { expect, test } from "vitest";
import { type Chosen, chooseOne } from "../../src/cli/choose-one.ts";

const things = [
  { id: "tok_aaaa111122223333", name: "ci" },
  { id: "tok_aaaa444455556666", name: "release" },
  { id: "tok_bbbb777788889999", name: "release" },
];
const chosen: Chosen<(typeof things)[number]> = {
  what: "token",
  list: "tokens list",
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  tell: ({ name }) => name,
};

test.each([
  ["tok_aaaa111122223333", 0],
  ["ci", 0],
  ["tok_bbbb", 2],
  ["bbbb", 2],
  ["BBBB", 2],
  ["6666", 1],
])("%s means one", (text, index) => {
  expect(chooseOne(text, things, chosen)).toBe(things[index]);
});

test.each([
  ["release", "release is not enough; give the id of the one you mean\n  tok_aaaa444455556666  release"],
  ["aaaa", "aaaa is not enough"],
  ["aaa", "there is no token aaa; `callsheet tokens list` tells"],
  ["relaese", "there is no token relaese; did you mean release?"],
])("%s means none, or several", (text, message) => {
  expect(() => chooseOne(text, things, chosen)).toThrow(message);
});
