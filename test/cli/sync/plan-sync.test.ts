import fc from "fast-check";
import { expect, test } from "vitest";
import { nothingDone, type Outcome } from "../../../src/cli/outcome.ts";
import { planSync, type RegistryName } from "../../../src/cli/sync/plan-sync.ts";
import type { VersionEntry, VersionState } from "../../../src/contract/artifact/name-index.ts";

function anOutcome(name: string, version: string, more: Partial<Outcome> = {}): Outcome {
  const told = { kind: "template" as const, name, version, file: `${name}.yaml`, position: 0 };
  return { ...nothingDone, ...told, status: "unchanged", code: null, message: null, issues: [], exitCode: 0, ...more };
}

function aVersion(version: string, state: VersionState = "live", message: string | null = null): VersionEntry {
  const since = "2027-01-01T00:00:00.000Z";
  const notice = state === "live" ? null : { since, message, successor: null, sunset: null };
  return { version, digest: `sha256:${"0".repeat(64)}`, state, notice, published_at: since, published_by: "admin" };
}

function aName(name: string, ...versions: VersionEntry[]): RegistryName {
  return { kind: "template", name, versions, latest: versions.find(({ state }) => state === "live")?.version ?? null };
}

test("a version that was deprecated because its file was gone from this repository is restored", () => {
  for (const message of ["removed from acme/catalog", "removed from acme/catalog in 0123abc"]) {
    const { changes, drift } = planSync(
      [anOutcome("a", "1.0.0")],
      [aName("a", aVersion("1.0.0", "deprecated", message))],
      [],
      "acme/catalog",
    );
    expect(changes).toEqual([{ kind: "template", name: "a", version: "1.0.0", change: "restored" }]);
    expect(drift).toEqual([]);
  }
});

test("a version that somebody deprecated, or another repository gave up, is left as it is and told", () => {
  for (const message of [null, "it is slow", "removed from acme/catalog2", "removed from acme/other in 0123abc"]) {
    const { changes, drift } = planSync(
      [anOutcome("a", "1.0.0")],
      [aName("a", aVersion("1.0.0", "deprecated", message))],
      [],
      "acme/catalog",
    );
    expect(changes).toEqual([]);
    expect(drift).toMatchObject([{ drift: "deprecated", name: "a", version: "1.0.0" }]);
    if (message !== null) expect(drift[0]?.message).toContain(message);
  }
});

test("only a latest that is higher than all of the folder's versions is newer", () => {
  const both = [anOutcome("a", "1.0.0"), anOutcome("a", "2.0.0", { status: "created" })];
  expect(planSync(both, [aName("a", aVersion("1.5.0"), aVersion("1.0.0"))], [], "x").drift).toEqual([]);
  const newer = planSync(both, [aName("a", aVersion("2.0.1"), aVersion("1.0.0"))], [], "x");
  expect(newer.drift).toMatchObject([{ drift: "newer", version: "2.0.1" }]);
});

test("a number with another content, and one that was deleted, are told as what they are", () => {
  const rejected = { status: "rejected" as const, exitCode: 4 as const };
  const outcomes = [
    anOutcome("a", "1.0.0", { ...rejected, code: "VERSION_TAKEN" }),
    anOutcome("b", "1.0.0", { ...rejected, code: "VERSION_DELETED" }),
  ];
  const known = [aName("a", aVersion("1.0.0")), aName("b", aVersion("1.0.0", "deleted"))];
  expect(planSync(outcomes, known, [], "x").drift.map(({ drift, name }) => `${name} ${drift}`)).toEqual([
    "a differs",
    "b deleted",
  ]);
});

test("of what is surplus exactly the live versions are deprecated, and of what the folder has none", () => {
  const state = fc.constantFrom<VersionState[]>("live", "deprecated", "yanked", "deleted");
  const versions = fc.array(state, { maxLength: 5 });
  fc.assert(
    fc.property(versions, versions, (own, surplus) => {
      const named = (name: string, states: readonly VersionState[]) =>
        aName(name, ...states.map((one, at) => aVersion(`${states.length - at}.0.0`, one)));
      const { changes } = planSync([anOutcome("own", "1.0.0")], [named("own", own)], [named("surplus", surplus)], "x");
      const deprecated = changes.filter(({ change }) => change === "deprecated");
      expect(deprecated.every(({ name }) => name === "surplus")).toBe(true);
      expect(deprecated).toHaveLength(surplus.filter((one) => one === "live").length);
    }),
  );
});
