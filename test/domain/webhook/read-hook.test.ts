import fc from "fast-check";
import { expect, test } from "vitest";
import { pathGlob } from "../../../src/contract/webhook/source.ts";
import { hookRetrySeconds, statusRetrySeconds } from "../../../src/domain/webhook/hook-retry.ts";
import { whyNotInOrder } from "../../../src/domain/webhook/judge-order.ts";
import { readGenericHook } from "../../../src/domain/webhook/read-generic-hook.ts";
import { readGithubHook, readGitlabHook } from "../../../src/domain/webhook/read-host-push.ts";
import { watchesPath } from "../../../src/domain/webhook/watches-path.ts";

const watched = { repository: "Acme/Catalog", branch: "release/1" };
const after = "0123456789abcdef0123456789abcdef01234567";

test("a push to the watched branch is one, however the host writes the repository's name", () => {
  const body = {
    ref: "refs/heads/release/1",
    after,
    repository: { full_name: "acme/catalog" },
    pusher: { name: "ada" },
  };
  expect(readGithubHook("push", body, watched)).toEqual({
    ok: true,
    value: { type: "push", event: "push", ref: "refs/heads/release/1", commit: after, pusher: "ada" },
  });
  const gitlab = { object_kind: "push", ref: body.ref, after, project: { path_with_namespace: "acme/catalog" } };
  expect(readGitlabHook("Push Hook", gitlab, watched)).toMatchObject({
    ok: true,
    value: { type: "push", pusher: null },
  });
  const end = { ...gitlab, after: "0".repeat(40) };
  expect(readGitlabHook("Push Hook", end, watched)).toMatchObject({ ok: true, value: { type: "ignored" } });
});

test("whatever a host sends is a meaning or a refusal, and never thrown at", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (body, event) => {
      for (const read of [readGithubHook, readGitlabHook]) {
        for (const one of [event, "push", "Push Hook", "System Hook"])
          expect(typeof read(one, body, watched).ok).toBe("boolean");
      }
      expect(typeof readGenericHook(body, watched).ok).toBe("boolean");
    }),
  );
});

test("globs choose paths, ! leaves out, and hidden files and settings of tools are never looked at", () => {
  const isWatched = watchesPath(["templates/**", "*.yaml", "!**/drafts/**"]);
  const chosen = ["templates/a.yaml", "templates/deep/b.json", "c.yaml", "templates/f.py"];
  const left = [
    "d/c.yaml",
    "templates/drafts/a.yaml",
    "templates/a.txt",
    "templates/package.json",
    "templates/.x/a.yaml",
  ];
  expect([...chosen, ...left].filter(isWatched)).toEqual(chosen);
  expect(["a.yaml", "b/c.yaml"].filter(watchesPath(["!b/**"]))).toEqual(["a.yaml"]);
  expect(["a.yaml"].filter(watchesPath(["!*.yaml", "*.yaml"]))).toEqual([]);
});

test("any glob that may be set can be asked about any path", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.string(), (glob, path) => {
      fc.pre(pathGlob.safeParse(glob).success);
      expect(typeof watchesPath([glob])(`${path}.yaml`)).toBe("boolean");
    }),
  );
});

test("only what leads on from where the registry stands is done; after a force push, only the head", () => {
  const on = { synced: "a", pushed: "b", head: null };
  expect(whyNotInOrder("ahead", on)).toBeNull();
  expect(whyNotInOrder("identical", on)).toBeNull();
  expect(whyNotInOrder("behind", on)).toBe("the registry stands at a newer commit, a");
  for (const order of ["diverged", "unknown"] as const) {
    expect(whyNotInOrder(order, { ...on, head: "b" })).toBeNull();
    expect(whyNotInOrder(order, { ...on, head: "c" })).toContain("its head is c");
    expect(whyNotInOrder(order, on)).toContain("the branch is gone");
  }
});

test("waits double, up to an hour; a status is owed for a day", () => {
  expect([1, 2, 3, 11, 12, 30].map(hookRetrySeconds)).toEqual([2, 4, 8, 2048, 3600, 3600]);
  expect([0, 3.2, 100, 7200, 90_000].map(statusRetrySeconds)).toEqual([2, 4, 100, 3600, null]);
});
