import { expect, it } from "vitest";
import { accessScope } from "../../../src/contract/access/scope.ts";
import { anonymous } from "../../../src/domain/access/caller.ts";
import { hasScope, judgeEveryName, judgeName, judgeScope } from "../../../src/domain/access/judge-caller.ts";

it("finds a scope by itself and within another, and nothing more", () => {
  const within = Object.fromEntries(
    accessScope.options.map((scope) => [
      scope,
      accessScope.options.filter((asked) => hasScope({ scopes: [scope] }, asked)),
    ]),
  );
  expect(within).toEqual({
    read: ["read"],
    publish: ["read", "publish"],
    run: ["read", "run"],
    runner: ["runner"],
    admin: ["read", "publish", "run", "runner", "admin"],
  });
  expect(accessScope.options.some((asked) => hasScope(anonymous, asked))).toBe(false);
});

it("says which scope is needed and which there are", () => {
  const caller = { ...anonymous, name: "ci", scopes: ["read", "run"] as const };
  expect(judgeScope(caller, "run")).toBeNull();
  expect(judgeScope(caller, "publish")).toEqual({
    code: "FORBIDDEN",
    message: `this needs the scope publish, and "ci"'s scopes are: read, run`,
  });
});

it("says which name is meant and which there are", () => {
  const caller = { name: "ci", names: ["templates/*", "models/sd*"] };
  expect(judgeName(caller, "models/sd/xl")).toBeNull();
  expect(judgeName(caller, "functions/numpy.blur")?.message).toContain("templates/*, models/sd*");
  expect(judgeName(caller, "functions/numpy.blur")?.message).toContain("functions/numpy.blur");
  expect(judgeEveryName(caller)?.code).toBe("FORBIDDEN");
  expect(judgeEveryName({ name: "ci", names: ["*"] })).toBeNull();
});
