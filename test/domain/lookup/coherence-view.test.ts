import { describe, expect, test } from "vitest";
import type { Changes } from "../../../src/contract/announcement/announcement.ts";
import { coherence } from "../../../src/domain/lookup/coherence-limits.ts";
import { CoherenceView } from "../../../src/domain/lookup/coherence-view.ts";

const keyOf = (kind: string, name: string) => `${kind}/${name}`;

/** Announcements of templates, as `[seq, name]`. */
function changes(since: number, seq: number, ...announced: [number, string][]): Changes {
  return { since, seq, announcements: announced.map(([at, name]) => ({ seq: at, kind: "template", name })) };
}

/** A view that synced once, at 1000 ms, up to seq 10. */
function syncedView(...announced: [number, string][]): CoherenceView {
  const view = new CoherenceView();
  view.endSync(view.beginSync(1000), changes(4, 10, ...announced), keyOf);
  return view;
}

describe("freshness", () => {
  test("an isolate that never synced waits", () => {
    expect(new CoherenceView().freshness(0)).toBe("wait");
  });

  test.each([
    [1000, "fresh"],
    [2999, "fresh"],
    [3000, "refresh"],
    [4999, "refresh"],
    [5000, "wait"],
  ] as const)("at %i ms, after a sync that was sent at 1000 ms, it is %s", (now, freshness) => {
    expect(syncedView().freshness(now)).toBe(freshness);
  });

  test("a lease counts from when the sync was sent, however late its answer came", () => {
    const view = new CoherenceView();
    const ticket = view.beginSync(1000);
    view.freshness(4500);
    view.endSync(ticket, changes(0, 1), keyOf);
    expect(view.freshness(4999)).toBe("refresh");
    expect(view.freshness(5000)).toBe("wait");
  });

  test("a sync that was sent earlier and answered later does not shorten a lease", () => {
    const view = new CoherenceView();
    const early = view.beginSync(1000);
    view.endSync(view.beginSync(2000), changes(0, 5), keyOf);
    view.endSync(early, changes(0, 3), keyOf);
    expect(view.freshness(3999)).toBe("fresh");
    expect(view.appliedSeq).toBe(5);
  });

  test("a clock that steps back ends the lease", () => {
    const view = syncedView();
    view.freshness(2000);
    expect(view.freshness(1999)).toBe("wait");
  });

  test("a sync that was under way when the clock stepped back gives its changes, but no lease", () => {
    const view = new CoherenceView();
    const ticket = view.beginSync(9000);
    view.freshness(1000);
    view.endSync(ticket, changes(0, 7), keyOf);
    expect(view.appliedSeq).toBe(7);
    expect(view.freshness(9001)).toBe("wait");
  });

  test.each([
    ["a failed sync", (view: CoherenceView) => view.syncFailed(4000)],
    ["asking whether to try again", (view: CoherenceView) => view.mayTrySync(4000)],
    ["asking whether to refresh", (view: CoherenceView) => view.mayStartRefresh(4000)],
    ["asking how long nothing was proven", (view: CoherenceView) => view.unprovenMs(4000)],
  ])("%s reads the clock too: a lower reading after it ends the lease", (_, read) => {
    const view = syncedView();
    read(view);
    expect(view.freshness(3999)).toBe("wait");
  });
});

describe("what may be used", () => {
  test("the first sync drops everything that was there before it", () => {
    const view = new CoherenceView();
    expect(view.endSync(view.beginSync(0), changes(0, 0), keyOf).drop).toBe("all");
  });

  test("a later sync drops the names that changed", () => {
    const view = syncedView();
    const { drop } = view.endSync(view.beginSync(2000), changes(10, 12, [11, "a"], [12, "b"]), keyOf);
    expect(drop).toEqual(["template/a", "template/b"]);
  });

  test("a sync that cannot tell all since the last one drops everything", () => {
    const view = syncedView();
    expect(view.endSync(view.beginSync(2000), changes(11, 12, [12, "b"]), keyOf).drop).toBe("all");
  });

  test.each([
    ["older than what is known of all names", "c", 3, false],
    ["as old as where knowledge begins", "c", 4, true],
    ["of a name that changed later", "a", 7, false],
    ["true at the name's last change", "a", 8, true],
    ["newer than anything known", "a", 99, true],
  ])("after a sync of (4, 10] in which a changed at 8, an index %s", (_, name, seq, expected) => {
    expect(syncedView([8, "a"]).mayUse(`template/${name}`, seq)).toBe(expected);
  });

  test("a noted publish makes every older index of its name unusable, and no other's", () => {
    const view = syncedView();
    view.noteChange("template/a", 12);
    expect(view.mayUse("template/a", 11)).toBe(false);
    expect(view.isNotOlderThanKnown("template/a", 11)).toBe(false);
    expect(view.mayUse("template/a", 12)).toBe(true);
    expect(view.mayUse("template/b", 11)).toBe(true);
  });

  test("changes that no longer fit make older indexes unusable instead of being forgotten", () => {
    const view = new CoherenceView({ ...coherence, rememberedChanges: 2 });
    view.endSync(view.beginSync(0), changes(0, 3, [1, "a"], [2, "b"], [3, "c"]), keyOf);
    expect(view.mayUse("template/a", 0)).toBe(false);
    expect(view.mayUse("template/z", 0)).toBe(false);
    expect(view.mayUse("template/a", 1)).toBe(true);
  });

  test("a noted publish that no longer fits is not forgotten either, though no sync has told it yet", () => {
    const view = new CoherenceView({ ...coherence, rememberedChanges: 1 });
    view.endSync(view.beginSync(0), changes(0, 3), keyOf);
    view.noteChange("template/a", 9);
    view.noteChange("template/b", 10);
    expect(view.mayUse("template/a", 8)).toBe(false);
    expect(view.mayUse("template/a", 9)).toBe(true);
  });
});

describe("when to sync", () => {
  test("after a failure there is a pause, and a success ends it", () => {
    const view = syncedView();
    view.syncFailed(2000);
    expect(view.mayTrySync(2000 + coherence.retryMs - 1)).toBe(false);
    expect(view.mayTrySync(2000 + coherence.retryMs)).toBe(true);
    view.syncFailed(3000);
    view.endSync(view.beginSync(3001), changes(10, 10), keyOf);
    expect(view.mayTrySync(3002)).toBe(true);
  });

  test("one refresh runs at a time, and one that was lost does not stop the next for ever", () => {
    const view = syncedView();
    expect(view.mayStartRefresh(3000)).toBe(true);
    expect(view.mayStartRefresh(3001)).toBe(false);
    expect(view.mayStartRefresh(3000 + coherence.refreshLostMs)).toBe(true);
    view.refreshEnded();
    expect(view.mayStartRefresh(3001 + coherence.refreshLostMs)).toBe(true);
  });

  test("the age of what is proven goes on counting when a lease has ended", () => {
    const view = syncedView();
    expect(view.unprovenMs(61_000)).toBe(60_000);
    expect(new CoherenceView().unprovenMs(61_000)).toBeNull();
  });
});
